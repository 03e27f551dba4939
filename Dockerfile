# One image for `serve`, `serve --web-only`, `socket` and `worker`; the command says which.
# With OpenTelemetry: docker build --build-arg 'EXTRAS=[otel]' .
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY intents ./intents
ARG EXTRAS=
RUN pip install -c constraints.txt ".$EXTRAS" && useradd --create-home --uid 10001 slotwise

USER slotwise
WORKDIR /home/slotwise
EXPOSE 3000

# The exec form: SIGTERM reaches the program, which then finishes what runs.
CMD ["python", "-m", "bot", "serve"]
