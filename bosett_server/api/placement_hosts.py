"""Homes offered for placement and what municipalities can best receive, over the API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from ninja import Router, Schema

from bosett_server.access.permissions import Permission
from bosett_server.access.request import Request
from bosett_server.actions.placement_hosts import offer_home, state_priorities, take_back_home
from bosett_server.api.frame import PROBLEMS, Input, Page, endpoint
from bosett_server.api.placement_shapes import Stored
from bosett_server.queries.placement_hosts import hosts_now, standing_offers

router = Router()


class OfferOut(Schema):
    """One offered home: what it is like, never where it is."""

    id: int
    municipality: str
    bedrooms: int
    step_free: bool
    free_from: date
    free_until: date | None
    promised: bool


class HostOut(Schema):
    """What one municipality says it can best receive, in its own order."""

    municipality: str
    criteria: list[str]


class CriteriaIn(Input):
    """Criteria in order, three at most; none takes it back."""

    criteria: list[str]


@router.get("/homes", response={200: Page[OfferOut], **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def list_offers(request: Request) -> Page[OfferOut]:
    """Homes that are offered now."""
    names = set(OfferOut.model_fields)
    rows = [{name: told for name, told in asdict(one).items() if name in names}
            for one in standing_offers(request.actor)]  # fmt: skip
    return Page[OfferOut](items=[OfferOut(**one) for one in rows])


@router.get("/priorities", response={200: Page[HostOut], **PROBLEMS})
@endpoint(Permission.PROPOSAL_VIEW)
def list_priorities(request: Request) -> Page[HostOut]:
    """What municipalities say they can best receive."""
    items = [HostOut(municipality=code, criteria=list(told)) for code, told in hosts_now().items()]
    return Page[HostOut](items=items)


@router.post("/{municipality}/homes/{home}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def post_offer(request: Request, municipality: str, home: int) -> Stored:
    """Offer a home of one's own for placement."""
    return Stored(id=offer_home(request.actor, municipality=municipality, home=home))


@router.delete("/{municipality}/offers/{offer}", response={200: Stored, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def delete_offer(request: Request, municipality: str, offer: int) -> Stored:
    """Take an offered home back."""
    return Stored(id=take_back_home(request.actor, municipality=municipality, offer=offer))


@router.put("/{municipality}/priorities", response={200: Stored, **PROBLEMS})
@endpoint(Permission.HOME_EDIT)
def put_priorities(request: Request, municipality: str, body: CriteriaIn) -> Stored:
    """Say what one's municipality can best receive; gives how many criteria stand."""
    return Stored(id=state_priorities(request.actor, municipality=municipality, criteria=body.criteria))
