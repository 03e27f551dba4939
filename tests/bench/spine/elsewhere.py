"""What the spine must show and a measurement cannot: these rows name the tests that show it."""

from tests.bench.spine.figures import Figure

APPROVALS = "tests/faults/test_approvals.py"
DELIVERIES = "tests/attacks/test_fuzz.py"

FIGURES = (
    Figure(
        "approvals with a random process killed every 5 s and 10 % lost answers",
        f"100 in `make test ARGS={APPROVALS}`, 300 and 10,000 in `make soak ARGS={APPROVALS}`",
        "each booked once, each card true",
    ),
    Figure(
        "signed, mutated deliveries",
        f"5,000 in `make test ARGS={DELIVERIES}`, 100,000 in `make soak ARGS={DELIVERIES}`",
        "no 500, no leak, no growth",
    ),
)
