"""What a letter says when the request was changed in the middle of the year: what stands, what is counted on."""

from __future__ import annotations

from dataclasses import dataclass

from bosett.outputs.paper import Block, Heading, Language, Text, say
from bosett.outputs.plain_numbers import number_text


@dataclass(frozen=True)
class StandingVote:
    """The council's vedtak on the former number.

    Parameters
    ----------
    voted
        Persons, >= 0.
    counted
        Places of them that the State counts on from now.
    again
        Whether the council is asked to answer anew.
    """

    voted: int
    counted: int
    again: bool

    def __post_init__(self) -> None:
        if not 0 <= self.counted <= self.voted:
            raise ValueError(f"counted {self.counted} of {self.voted} voted")


def what_follows(former: int | None, standing: StandingVote | None, form: Language) -> Text:
    """One paragraph: the former number, the vedtak that stands, and whether a new answer is needed."""
    told = []
    if former is not None:
        told.append(
            say(
                form,
                f"Dette erstatter anmodningen om {number_text(former, form)}.",
                f"Dette kjem i staden for oppmodinga om {number_text(former, form)}.",
            )
        )
    if standing is None:
        told.append(
            say(
                form,
                "Et vedtak som kommunestyret har gjort, blir stående til kommunestyret gjør et nytt.",
                "Eit vedtak som kommunestyret har gjort, blir ståande til kommunestyret gjer eit nytt.",
            )
        )
        return Text(" ".join(told))
    told.append(_stands(standing, form))
    told.append(_again(form) if standing.again else _counted(standing, form))
    return Text(" ".join(told))


def withdrawn(former: int | None, standing: StandingVote | None, form: Language) -> list[Block]:
    """The former request is taken back; nothing when there was none."""
    if former is None:
        return []
    told = say(
        form,
        f"Anmodningen om {number_text(former, form)} er trukket tilbake.",
        f"Oppmodinga om {number_text(former, form)} er trekt tilbake.",
    )
    if standing is not None:
        told += f" {_stands(standing, form)} {_counted(standing, form)}"
    return [Text(told)]


def no_new_answer(form: Language) -> list[Block]:
    """The answer's section when the vedtak that stands is answer enough."""
    return [
        Heading(say(form, "Svaret", "Svaret")),
        Text(
            say(
                form,
                "Kommunen trenger ikke å svare på nytt. Vil kommunestyret endre vedtaket, registreres det nye "
                "vedtaket som før, og KS får det samtidig.",
                "Kommunen treng ikkje å svare på nytt. Vil kommunestyret endre vedtaket, blir det nye vedtaket "
                "registrert som før, og KS får det samstundes.",
            )
        ),
    ]


def _stands(standing: StandingVote, form: Language) -> str:
    voted = number_text(standing.voted, form)
    return say(
        form,
        f"Vedtaket om {voted} blir stående til kommunestyret gjør et nytt.",
        f"Vedtaket om {voted} blir ståande til kommunestyret gjer eit nytt.",
    )


def _again(form: Language) -> str:
    return say(
        form,
        "Vi ber kommunestyret svare på det nye tallet innen fristen.",
        "Vi ber kommunestyret svare på det nye talet innan fristen.",
    )


def _counted(standing: StandingVote, form: Language) -> str:
    voted, counted = (number_text(one, form) for one in (standing.voted, standing.counted))
    if standing.counted == standing.voted:
        return say(
            form,
            "Staten regner fortsatt med alle plassene i vedtaket.",
            "Staten reknar framleis med alle plassane i vedtaket.",
        )
    return say(
        form,
        f"Staten regner fra nå med {counted} av de {voted} plassene i vedtaket.",
        f"Staten reknar frå no med {counted} av dei {voted} plassane i vedtaket.",
    )
