"""Coming in and going out: what a page needs before anyone is known."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from libs.errors import Forbidden, InvalidInput, Unauthenticated
from services.gateway.identity import entering
from services.gateway.identity.callers import bearer_token, caller_of
from services.gateway.identity.domain import Role
from services.gateway.identity.entering import Entered
from services.gateway.identity.parts import BUILT_IN
from services.gateway.identity.passwords import LENGTH_MAX, LENGTH_MIN
from services.gateway.parts import Parts
from services.gateway.routes.access import CallerHere, PartsHere
from services.gateway.routes.browser import COOKIE, drop_session, from_our_page, set_session
from services.gateway.routes.forms import Form, Line
from services.gateway.routes.me import Me, me_of

router = APIRouter(tags=["identity"])

PASSWORD_MAX = 1000
"""Longest text that is looked at as a password; one that is chosen is shorter."""

Password = Annotated[str, Field(max_length=PASSWORD_MAX)]
NewPassword = Annotated[
    str, Field(max_length=PASSWORD_MAX, description=f"{LENGTH_MIN} to {LENGTH_MAX} characters, none of your names.")
]


class Doors(BaseModel):
    """How people sign in here."""

    provider: str = Field(description='"builtin": e-mail and password, here; else the outer issuer, such as "clerk".')
    clerk_publishable_key: str | None = Field(description="For Clerk's sign-in form.")
    sign_up: bool = Field(description="Whether anyone may make a company here.")
    first_run: bool = Field(description="Nobody has an account yet: the link of the first start makes one.")
    me: Me | None = Field(description="Whom the session or the token names; null for nobody that is known.")


class SignIn(Form):
    email: Line
    password: Password


class SignUp(Form):
    company: Line
    name: Line
    email: Line
    password: NewPassword


class LinkSecret(Form):
    link: Line = Field(description="What stands behind # in the link.")


class Acceptance(LinkSecret):
    """What redeems a link."""

    name: Line = Field("", description="Yours; for a new account.")
    email: Line | None = Field(None, description="For a link that names none.")
    password: NewPassword | None = Field(None, description="Not with an outer issuer, whose token is sent instead.")


class PasswordChange(Form):
    current: Password
    new: NewPassword


class OpenLink(BaseModel):
    """What a one-time link is for."""

    company: str
    email: str | None = Field(description="The address that it is for; null: choose one.")
    role: Role
    new_account: bool = Field(description="False: it sets another password for an account.")


def _from_our_page(request: Request, parts: PartsHere) -> None:
    # Else another site could sign its visitors in as somebody else.
    from_our_page(request, parts.settings.public_url)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


AddressHere = Annotated[str, Depends(_address)]
OUR_PAGE = [Depends(_from_our_page)]


@router.get("/api/auth", summary="How people sign in here")
def get_auth(request: Request, parts: PartsHere) -> Doors:
    """Needs no token. A page that opens learns here who it is for, without asking in vain."""
    rules = parts.identity.rules
    try:
        caller = caller_of(request.headers.get("authorization"), request.cookies.get(COOKIE), parts.identity)
        me = me_of(caller, parts.plans)
    except (Unauthenticated, Forbidden):
        me = None
    return Doors(
        provider=rules.provider,
        clerk_publishable_key=rules.clerk_publishable_key,
        sign_up=rules.sign_up,
        first_run=not parts.identity.accounts.any(),
        me=me,
    )


@router.get("/.well-known/jwks.json", summary="Keys of the built-in issuer")
def get_jwks(parts: PartsHere) -> dict[str, list[dict[str, Any]]]:
    """The public keys that sessions are signed with, as a JSON Web Key Set."""
    return parts.identity.issuer.jwks()


@router.post("/api/auth/sign-in", dependencies=OUR_PAGE, summary="Sign in with e-mail and password")
def sign_in(form: SignIn, request: Request, response: Response, parts: PartsHere, address: AddressHere) -> Me:
    """Sets the session's cookie. 401 for a wrong pair, whichever of the two is wrong; 429 after too many tries."""
    entered = entering.sign_in(parts.identity, form.email, form.password, address)
    return _welcomed(entered, request, response, parts)


@router.post("/api/auth/sign-up", status_code=201, dependencies=OUR_PAGE, summary="Make a company and its first owner")
def sign_up(form: SignUp, request: Request, response: Response, parts: PartsHere, address: AddressHere) -> Me:
    """Sets the session's cookie. 403 where the operator has switched this off."""
    entered = entering.sign_up(parts.identity, form.company, form.name, form.email, form.password, address)
    return _welcomed(entered, request, response, parts)


@router.post("/api/auth/link", summary="What a one-time link is for")
def look_up_link(form: LinkSecret, parts: PartsHere, address: AddressHere) -> OpenLink:
    """Needs no token, and changes nothing: the link's secret is no part of an address, so that no proxy's log has it.

    404 for a link that was never made, was used, or is too old; the code tells which.
    """
    found = entering.link_with(parts.identity, form.link, address)
    return OpenLink(company=found.tenant.name, email=found.email, role=found.role, new_account=found.account_id is None)


@router.post("/api/auth/accept", status_code=201, dependencies=OUR_PAGE, summary="Redeem a one-time link")
def accept_link(form: Acceptance, request: Request, response: Response, parts: PartsHere, address: AddressHere) -> Me:
    """Makes the account that the link is for, or sets its password, and sets the session's cookie.

    With an outer issuer: send its token; the account is made for the address that it vouches for.
    """
    identity = parts.identity
    if identity.rules.provider != BUILT_IN:
        claims = identity.verifier.claims(bearer_token(request.headers.get("authorization")))
        return me_of(entering.join(identity, form.link, claims, form.name, address), parts.plans)
    if form.password is None:
        raise InvalidInput("password is missing; send the one that you want to sign in with")
    entered = entering.accept(identity, form.link, form.name, form.email, form.password, address)
    return _welcomed(entered, request, response, parts)


@router.post("/api/auth/sign-out", status_code=204, summary="Sign out")
def sign_out(request: Request, caller: CallerHere, parts: PartsHere) -> Response:
    """Ends the session everywhere, and drops its cookie."""
    entering.sign_out(parts.identity, caller)
    response = Response(status_code=204)
    drop_session(response, request, parts.settings.public_url)
    return response


@router.post("/api/auth/password", status_code=204, summary="Change your password")
def change_password(form: PasswordChange, caller: CallerHere, parts: PartsHere) -> Response:
    """Ends your other sessions. 422 if the current password is another."""
    entering.change_password(parts.identity, caller, form.current, form.new)
    return Response(status_code=204)


def _welcomed(entered: Entered, request: Request, response: Response, parts: Parts) -> Me:
    set_session(response, request, entered.token, entered.expires_at, parts.settings.public_url)
    return me_of(entered.caller, parts.plans)
