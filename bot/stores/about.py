"""What each server that would keep our things says of itself, for the doctor."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import Any, cast

from redis.exceptions import AuthenticationError

from bot.conversation.ports import StoreUnavailable
from bot.stores.clusters import WholeCluster
from bot.stores.connect import answers, connect

About = Mapping[str, Any]  # as INFO names it

REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not believed"),
    (socket.gaierror, "there is no host of this name"),
    (ConnectionRefusedError, "nothing listens there"),
    (FileNotFoundError, "there is no such socket, or no such file of a certificate"),
    (AuthenticationError, "it refuses the user or the password"),
    (TimeoutError, "nothing comes in time"),
)


async def about_each(url: str) -> list[About]:
    """INFO of the server that takes the writes; of a cluster, of each of its primaries.

    Raises StoreUnavailable.
    """
    redis = connect(url)
    try:
        async with answers():
            if not isinstance(redis, WholeCluster):
                return [await redis.info()]
            await redis.initialize()
            return [await _info(redis, node) for node in redis.get_primaries()]
    finally:
        await redis.aclose()


async def _info(cluster: WholeCluster, node: Any) -> About:
    return cast("About", await cluster.info(target_nodes=node))


def is_about_certificates(error: StoreUnavailable) -> bool:
    """Whether Redis was not reached because its certificate is not believed."""
    return any(isinstance(one, ssl.SSLCertVerificationError) for one in _causes(error))


def reason_of(error: StoreUnavailable) -> str:
    """Why Redis was not reached, in words; the kind of the error where there are none for it."""
    found = (words for one in _causes(error) for kind, words in REASONS if isinstance(one, kind))
    return next(found, str(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
