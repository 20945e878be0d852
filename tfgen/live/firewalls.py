"""The firewall in front of a pool. Asked only where the spec has one: every call costs a permission."""

from __future__ import annotations

from tfgen.kinds import firewall
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.module import Module
from tfgen.live.operations import called
from tfgen.resource import Resource

_KIND = firewall.KIND
_SOURCE = _KIND.sources["acl"]


def read(module: Module, pool: Resource, region: str, undescribed: str | None) -> bool:
    """The web ACL of the live `pool`; `undescribed` says why AWS did not tell the pool's ARN.

    False when AWS WAF knows no such pool, which may also be gone meanwhile. Raises LiveError.
    """
    for association in module.of_kind(_KIND.type):
        arn = pool.attributes.get("arn")
        if arn is None:
            reason = f"only DescribeUserPool tells the pool's ARN, and {undescribed or 'it did not'}"
            module.found.unread(_KIND.type, reason, association.address.label)
            continue
        try:
            answer = module.aws.call(_SOURCE, region, ResourceArn=arn)
        except AbsentError:
            return False
        except UnreadError as failed:
            module.found.unread(_KIND.type, failed.reason, association.address.label)
            continue
        if not answer:
            continue  # a success without a web ACL: nothing guards the pool
        if answer.get("ARN"):
            # The rest of the answer is the web ACL's own: its rules belong to whoever made it.
            answers = {"acl": {"ARN": answer["ARN"], "ResourceArn": arn}}
            module.found.add(_KIND, str(firewall.association_id(answers)), answers)
        else:
            reason = f"{called(_SOURCE)} answers a web ACL without an ARN"
            module.found.unread(_KIND.type, reason, association.address.label)
    return True
