"""What is done to the world by hand: deeds from outside, trouble, time, and beginning again."""

from typing import Annotated

from pydantic import Field, model_validator
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.controls import Controls
from bot.playground.outside import Outside
from bot.playground.page.asked import Asked, asked
from bot.playground.page.refusing import refusing
from bot.playground.talks.deeds import Deeds

FURTHEST = 366 * 24 * 60  # minutes at once

Name = Annotated[str, Field(max_length=60)]


class Turn(Asked):
    """A switch, on or off."""

    name: Name
    on: bool


class Move(Asked):
    """Time: so many minutes forward, or to the next change of a zone's clocks."""

    minutes: int | None = Field(default=None, ge=1, le=FURTHEST)
    zone: Name | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Move":
        if (self.minutes is None) == (self.zone is None):
            raise ValueError("minutes or a zone")
        return self


class Speak(Asked):
    """Somebody's Slack in another language."""

    person: Name
    locale: Name


class Again(Asked):
    """Nothing more need be said: everything from the beginning, or for everybody."""


class Hands:
    """Its routes pass on to the world's controls."""

    def __init__(self, controls: Controls, deeds: Deeds) -> None:
        self._controls = controls
        self._deeds = deeds
        self.routes = [
            Route("/outside", self._outside, methods=["POST"]),
            Route("/trouble", self._trouble, methods=["POST"]),
            Route("/clock", self._clock, methods=["POST"]),
            Route("/locale", self._locale, methods=["POST"]),
            Route("/connect", self._connect, methods=["POST"]),
            Route("/reset", self._reset, methods=["POST"]),
        ]

    async def _outside(self, request: Request) -> Response:
        deed = await asked(request, Outside)
        with refusing("wrong_shape", 422), refusing("not_found", where=(LookupError,)):
            await self._controls.outside(deed)
        self._deeds.outside(deed)
        return JSONResponse({})

    async def _trouble(self, request: Request) -> Response:
        turn = await asked(request, Turn)
        with refusing("unknown_switch", 404):
            await self._controls.switch(turn.name, turn.on)
        self._deeds.switched(turn.name, turn.on)
        return JSONResponse({})

    async def _clock(self, request: Request) -> Response:
        move = await asked(request, Move)
        with refusing("not_possible"):
            if move.minutes is not None:
                await self._controls.move_clock(move.minutes)
            else:
                await self._controls.to_next_change(move.zone or "")
        self._deeds.clock_moved()
        return JSONResponse({})

    async def _locale(self, request: Request) -> Response:
        wish = await asked(request, Speak)
        with refusing("not_possible"):
            self._controls.speak(wish.person, wish.locale)
        return JSONResponse({})

    async def _connect(self, request: Request) -> Response:
        await asked(request, Again)
        await self._controls.connect()
        return JSONResponse({})

    async def _reset(self, request: Request) -> Response:
        await asked(request, Again)
        await self._controls.reset()
        self._deeds.begun_again()
        return JSONResponse({})
