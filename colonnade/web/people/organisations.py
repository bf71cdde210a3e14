"""Coming in through an organisation's own provider (OpenID Connect): what is asked, and what of the answer counts.

django-allauth keeps the state of the way there and back, and PKCE. It believes an ID token from the token endpoint as
it comes, asks for no nonce, and prefers what the provider says elsewhere. Here a token counts that the provider signed,
for us, now, for the browser that set out; of the rest only the address, of the same subject.
"""

import secrets
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import MultipleObjectsReturned
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

#: Signatures by a key that only the provider has. Neither none, nor those that whoever reads the key can make.
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_KINDS_OF_KEYS: Final = frozenset({"RSA", "EC", "OKP"})
#: Seconds by which a provider's clock may differ from ours.
_LEEWAY: Final = 30
_REQUIRED: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_NONCE: Final = "nonce"


class OrganisationWay(OpenIDConnectOAuth2Adapter):
    """The way to one provider and back. Whatever is wrong with what it says is an ``OAuth2Error``."""

    #: What the token must repeat; empty where nobody set out.
    nonce = ""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself: it must be the one that was configured, as safely reached."""
        provider = self.get_provider()
        server = provider.server_url.partition("/.well-known/")[0]
        config = self._document(provider.server_url)
        if str(config.get("issuer", "")).rstrip("/") != server.rstrip("/"):
            raise OAuth2Error("the provider calls itself something else than the configured address")
        scheme = server.partition("://")[0]
        for name in (*_ENDPOINTS, *({"userinfo_endpoint"} & config.keys())):
            if not str(config.get(name, "")).startswith(f"{scheme}://"):
                raise OAuth2Error(f"the provider's {name} is missing, or reached less safely than the provider")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Hand the code in, unless the answer says that another provider gave it (RFC 9207)."""
        if request.GET.get("iss", self.openid_config["issuer"]) != self.openid_config["issuer"]:
            raise OAuth2Error("another provider answered")
        data: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return data

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        claims = self._claims(app, kwargs["response"].get("id_token"))
        said = claims if claims.get("email") else claims | self._address(claims["sub"], token.token)
        login = self.get_provider().sociallogin_from_response(request, {"id_token": said})
        login.second_factor = asked_for_second_factor(app, claims)
        return login

    def _claims(self, app: SocialApp, id_token: object) -> dict[str, Any]:
        """What the ID token says, once everything about it is right."""
        if not isinstance(id_token, str):
            raise OAuth2Error("no ID token")
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=_LEEWAY,
                options={"require": list(_REQUIRED)},
            )
        except jwt.PyJWTError as wrong:
            raise OAuth2Error("an ID token that does not count") from wrong
        if claims["aud"] not in (app.client_id, [app.client_id]):
            raise OAuth2Error("an ID token for others too")
        if not self.nonce or not secrets.compare_digest(str(claims["nonce"]).encode(), self.nonce.encode()):
            raise OAuth2Error("an ID token for another way in")
        return claims

    def _key(self, id_token: str) -> jwt.PyJWK:
        """The provider's key that the token names; its only one where it names none."""
        named = jwt.get_unverified_header(id_token).get("kid")
        keys = [
            key
            for key in jwt.PyJWKSet.from_dict(self._document(self.openid_config["jwks_uri"])).keys
            if key.key_type in _KINDS_OF_KEYS and key.public_key_use in (None, "sig") and named in (None, key.key_id)
        ]
        if len(keys) != 1:
            raise OAuth2Error("no key, or no telling which")
        return keys[0]

    def _address(self, subject: str, access_token: str) -> dict[str, Any]:
        """The address that the provider gives for ``subject`` where its token has none."""
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        said = self._document(self.openid_config["userinfo_endpoint"], Authorization=f"Bearer {access_token}")
        if said.get("sub") != subject:
            raise OAuth2Error("an address of somebody else")
        return {name: said[name] for name in ("email", "email_verified") if name in said}

    def _document(self, address: str, **headers: str) -> dict[str, Any]:
        """A JSON object from the provider."""
        try:
            with get_adapter().get_requests_session() as session:
                answer = session.get(address, headers=headers)
                answer.raise_for_status()
                found = answer.json()
        except OSError as failed:  # of which every exception of the library is one
            raise OAuth2Error("the provider does not answer, or not as expected") from failed
        if not isinstance(found, dict):
            raise OAuth2Error("the provider does not answer as expected")
        return found


class OrganisationProvider(OpenIDConnectProvider):
    """One of the providers, whatever the others call us."""

    oauth2_adapter_class = OrganisationWay

    def serialize(self) -> dict[str, Any]:
        """What a session keeps of it until our second factor is given: its own key, not that it is one of them."""
        return {**super().serialize(), "id": self.sub_id}


class _Back(OAuth2CallbackView):
    """The way back, with the nonce that was kept for it."""

    def _get_state(self, request: HttpRequest, provider: OrganisationProvider) -> tuple[Mapping[str, Any] | None, Any]:
        state, refused = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get(_NONCE, "")
        return state, refused


def asked_for_second_factor(app: SocialApp, claims: Mapping[str, Any]) -> bool:
    """Whether ``app`` is trusted with the second factor, and says that it asked for one this time: ``mfa`` among the
    methods (RFC 8176), or a class that the setting ``second_factor_acr`` names. One that says nothing did not."""
    if not app.settings.get("trusts_second_factor", False):
        return False
    methods = claims.get("amr")
    return (isinstance(methods, list) and "mfa" in methods) or claims.get("acr") in app.settings.get(
        "second_factor_acr", []
    )


@require_POST
def to_organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Set out to the provider. Nothing in the address changes what is asked of it."""
    provider = _provider(request, provider_id)
    nonce = secrets.token_urlsafe(32)

    def set_out() -> HttpResponse:
        answer: HttpResponse = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params={_NONCE: nonce},
            nonce=nonce,
        )
        return answer

    return _or_failed(request, provider, set_out)


def from_organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider: in, on to our second factor, or told that this did not work."""
    provider = _provider(request, provider_id)
    view = _Back.adapter_view(OrganisationWay(request, provider_id))
    return _or_failed(request, provider, lambda: view(request))


def _provider(request: HttpRequest, provider_id: str) -> OrganisationProvider:
    try:
        provider = OrganisationWay(request, provider_id).get_provider()
    except (SocialApp.DoesNotExist, MultipleObjectsReturned):
        raise Http404 from None
    if provider.sub_id != provider_id:  # django-allauth's name for all of them is nobody's
        raise Http404
    found: OrganisationProvider = provider
    return found


def _or_failed(request: HttpRequest, provider: OrganisationProvider, go: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return go()
    except (OAuth2Error, ValueError, LookupError, TypeError) as failed:  # a provider's answer can be anything
        answer: HttpResponse = render_authentication_error(request, provider, exception=failed)
        return answer
