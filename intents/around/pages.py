"""Reads the wish to share one's booking page."""

from intents.around.phrases import Phrased
from intents.frames import ShareLink
from intents.hearing import Hearing
from intents.names import names_at


def shared_page(said: Phrased, hearing: Hearing) -> ShareLink | None:
    """Whose link goes to whom, and for which meetings."""
    page = said.best("page")
    if page is None:
        return None
    sentence, share = said.sentence, said.best("share_page")
    who = tuple(one.mention for one in sentence.named)  # nobody is left out of a link: "drop <@U2> my link"
    if not who and share is not None:
        places = [place for place, token in enumerate(sentence.timed) if token.first > share.last]
        ends = [place for place in places if sentence.timed[place].norm in said.words.words["destination"]]
        starts = [*places[:1], *(place + 1 for place in ends)]
        found = (names_at(sentence.timed, place, said.words) for place in starts)
        who = tuple(one.mention for named in found for one in named if one.first not in page.places)
    return ShareLink(who=who, minutes=sentence.minutes)
