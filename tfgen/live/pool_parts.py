"""What lives inside one user pool: app clients, identity providers, domains, styles."""

from __future__ import annotations

from typing import Any

from tfgen.kinds import identity_provider, ui_customization, user_pool, user_pool_client, user_pool_domain
from tfgen.kinds.answers import main_source
from tfgen.kinds.field import Kind, Source
from tfgen.kinds.reading import fields_of_source
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.module import Module
from tfgen.live.operations import LIST_CLIENTS, LIST_PROVIDERS, called
from tfgen.resource import Ref, Resource, Unknown

_CLIENT, _PROVIDER = user_pool_client.KIND, identity_provider.KIND
_DOMAIN, _STYLE = user_pool_domain.KIND, ui_customization.KIND
_WHOLE_POOL = "ALL"
"""GetUICustomization's word for the style of all clients that have none of their own."""

Item = dict[str, Any]


class PoolGoneError(Exception):
    """AWS no longer knows the pool."""


def read(module: Module, pool_id: str, region: str, pool: Item, undescribed: str | None) -> None:
    """The parts of a pool. `pool` is DescribeUserPool's answer, `undescribed` why it is not whole.

    Raises PoolGoneError when the pool vanishes meanwhile, LiveError when nothing can be read.
    """
    parts = _Parts(module, pool_id, region)
    clients = parts.clients()
    parts.providers()
    domains = [pool[member] for member in ("Domain", "CustomDomain") if pool.get(member)]
    if undescribed is not None:
        module.found.unread(_DOMAIN.type, f"only DescribeUserPool tells a pool's domains, and {undescribed}")
    for domain in domains:
        parts.domain(domain)
    if domains or undescribed is not None:
        parts.styles(clients)


def still_there(module: Module, pool_id: str, region: str) -> None:
    """Asks once more for the pool, after AWS knew nothing of a part of it. Raises PoolGoneError."""
    try:
        module.aws.call(user_pool.KIND.sources["pool"], region, UserPoolId=pool_id)
    except AbsentError:
        raise PoolGoneError from None
    except UnreadError:
        return


class _Parts:
    def __init__(self, module: Module, pool_id: str, region: str) -> None:
        self.module = module
        self.found = module.found
        self.pool_id = pool_id
        self.region = region

    def clients(self) -> list[Item] | None:
        """Reads all app clients; returns their names and ids, None when AWS refuses the listing."""
        listed = self._listed(_CLIENT, LIST_CLIENTS)
        if listed is None:
            return None
        listed.sort(key=lambda item: (str(item.get("ClientName")), str(item.get("ClientId"))))
        for item in listed:
            self._child(_CLIENT, item["ClientId"], item, ClientId=item["ClientId"])
        return listed

    def providers(self) -> None:
        """Reads all identity providers."""
        listed = self._listed(_PROVIDER, LIST_PROVIDERS) or ()
        for item in sorted(listed, key=lambda item: str(item.get("ProviderName"))):
            name = item["ProviderName"]
            known = {member: item.get(member) for member in ("ProviderName", "ProviderType")}
            self._child(_PROVIDER, name, known | {"UserPoolId": self.pool_id}, ProviderName=name)

    def domain(self, name: str) -> None:
        """Reads one domain that the pool says it has."""
        source = _DOMAIN.sources["domain"]
        try:
            answer = self.module.aws.call(source, self.region, Domain=name)
        except AbsentError:
            return
        except UnreadError as failed:
            self.found.add_partly(_DOMAIN, name, {"Domain": name, "UserPoolId": self.pool_id}, failed.reason)
            return
        owner, status = answer.get("UserPoolId"), answer.get("Status")
        if not owner:
            return  # AWS answers an empty description for a domain that does not exist
        if owner != self.pool_id:
            self.found.unread(
                _DOMAIN.type, f"the pool names the domain {name}, which AWS says belongs to pool {owner}"
            )
            return
        domain = self.found.add(_DOMAIN, name, {"domain": answer})
        if status != "ACTIVE":
            # Whose it is and what it is called is certain, its settings are under way.
            settled = {"domain", "user_pool_id"}
            paths = tuple(path for path in fields_of_source(_DOMAIN, "domain") if path not in settled)
            reason = f"the domain {name} is {status}, not ACTIVE: run again later"
            self.found.unread(_DOMAIN.type, reason, domain.address.label, paths)

    def styles(self, clients: list[Item] | None) -> None:
        """Reads the pool's style, and those of the clients that the spec styles."""
        asked = [_WHOLE_POOL]
        for style in self.module.of_kind(_STYLE.type):
            try:
                asked += self._styled(style, clients)
            except UnreadError as failed:
                self.found.unread(_STYLE.type, failed.reason, style.address.label)
        for client_id in dict.fromkeys(asked):
            try:
                answer = self._ask(_STYLE.sources["style"], ClientId=client_id)
            except AbsentError:
                continue
            except UnreadError as failed:
                self.found.unread(_STYLE.type, failed.reason)
                continue
            # A client without a style of its own gets the pool's.
            if answer.get("ClientId") == client_id and (answer.get("CSS") or answer.get("ImageUrl")):
                self.found.add(_STYLE, client_id, {"style": answer})

    def _styled(self, style: Resource, clients: list[Item] | None) -> list[str]:
        """The live ids of the client that a desired style is for. Raises UnreadError."""
        wanted = style.values.get("client_id")
        if not (isinstance(wanted, Ref) and wanted.address.kind == _CLIENT.type):
            value = self.module.value(style, "client_id")
            if isinstance(value, Unknown):
                raise UnreadError(value.reason)
            return [value] if value else []
        given = self.module.known.ids.get(str(wanted.address))
        if given is not None:
            return [given]
        if clients is None:
            raise UnreadError("the app clients could not be listed, so the styled one is not known")
        target = next((item for item in self.module.desired if item.address == wanted.address), None)
        name = self.module.value(target, "name") if target is not None else None
        return [item["ClientId"] for item in clients if item.get("ClientName") == name]

    def _listed(self, kind: Kind, operation: Source) -> list[Item] | None:
        try:
            return self.module.aws.pages(operation, self.region, UserPoolId=self.pool_id)
        except AbsentError:
            raise PoolGoneError from None
        except UnreadError as failed:
            self.found.unread(kind.type, failed.reason)
            return None

    def _child(self, kind: Kind, label: str, known: Item, **parameters: str) -> None:
        """One described child; what the listing told of it when it cannot be described."""
        source = main_source(kind)
        try:
            answer = self._ask(kind.sources[source], **parameters)
        except AbsentError:
            return
        except UnreadError as failed:
            self.found.add_partly(kind, label, known, failed.reason)
            return
        if answer:
            self.found.add(kind, label, {source: answer})
        else:
            self.found.add_partly(kind, label, known, f"{called(kind.sources[source])} answers nothing")

    def _ask(self, source: Source, **parameters: str) -> Item:
        """One call about a part of the pool; when AWS finds nothing, the pool must still be there."""
        try:
            return self.module.aws.call(source, self.region, UserPoolId=self.pool_id, **parameters)
        except AbsentError:
            still_there(self.module, self.pool_id, self.region)
            raise
