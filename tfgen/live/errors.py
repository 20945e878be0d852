"""Every way in which a call can fail, and what that means for a run.

The codes are compared as text: AWS services send many that botocore does not model. No text of an
answer gets into a message, because a body may hold anything.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from tfgen.live.raw import GarbledError


class Meaning(enum.Enum):
    """What a failed call says."""

    ABSENT = "the object is not there"
    UNREAD = "this part cannot be checked, the others can"
    NO_ANSWER = "this part cannot be checked; as the first call of a run, nothing can"
    NO_ENDPOINT = "the service cannot be reached at all"
    NO_ACCESS = "no call of this run can work"


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of failure; `text` completes "<operation> …" for a person.

    `again`: worth a second try, although boto3 makes none.
    """

    meaning: Meaning
    text: str
    again: bool = False


class AbsentError(Exception):
    """AWS says that the object does not exist."""


class UnreadError(Exception):
    """A read that failed while the others may work; `reason` is for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_ABSENT: Final = Fault(Meaning.ABSENT, "finds nothing")
_REFUSED: Final = Fault(Meaning.UNREAD, "is refused: allow the IAM action {action}")
_THROTTLED: Final = Fault(Meaning.UNREAD, "is throttled, also after {attempts} attempts: run again later")
_BROKEN: Final = Fault(Meaning.UNREAD, "ends in an error of AWS, also after {attempts} attempts")
_INVALID: Final = Fault(Meaning.UNREAD, "calls a parameter invalid: check the ids given on the command line")
_CREDENTIALS: Final = Fault(
    Meaning.NO_ACCESS,
    "is refused because the credentials are not valid: check --profile or the AWS_… variables, and the clock",
)
_EXPIRED: Final = Fault(Meaning.NO_ACCESS, "is refused because the session has expired: sign in again")

CODES: Final[dict[str, Fault]] = {
    "ResourceNotFoundException": _ABSENT,
    "NotFoundException": _ABSENT,
    "NoSuchEntity": _ABSENT,
    # The provider too reads it as "no web ACL" (hashicorp/aws, findWebACLByResourceARN).
    "WAFNonexistentItemException": _ABSENT,
    "NoSuchHostedZone": Fault(Meaning.UNREAD, "finds no such hosted zone: check --var hosted_zone_ids.…"),
    "AccessDenied": _REFUSED,
    "AccessDeniedException": _REFUSED,
    "AuthorizationError": _REFUSED,
    "ForbiddenException": _REFUSED,
    "NotAuthorizedException": _REFUSED,
    "UnauthorizedException": _REFUSED,
    "UnauthorizedOperation": _REFUSED,
    "ExpiredToken": _EXPIRED,
    "ExpiredTokenException": _EXPIRED,
    "RequestExpired": _EXPIRED,
    "IncompleteSignature": _CREDENTIALS,
    "InvalidClientTokenId": _CREDENTIALS,
    "InvalidSignatureException": _CREDENTIALS,
    "MissingAuthenticationToken": _CREDENTIALS,
    "MissingAuthenticationTokenException": _CREDENTIALS,
    "SignatureDoesNotMatch": _CREDENTIALS,
    "UnrecognizedClientException": _CREDENTIALS,
    "LimitExceededException": _THROTTLED,
    "PriorRequestNotComplete": _THROTTLED,
    "RequestLimitExceeded": _THROTTLED,
    "ThrottledException": _THROTTLED,
    "Throttling": _THROTTLED,
    "ThrottlingException": _THROTTLED,
    "TooManyRequestsException": _THROTTLED,
    "InternalError": _BROKEN,
    "InternalErrorException": _BROKEN,
    "InternalFailure": _BROKEN,
    "WAFInternalErrorException": _BROKEN,
    "ServiceException": _BROKEN,
    "ServiceFailure": _BROKEN,
    "ServiceUnavailable": _BROKEN,
    "ServiceUnavailableException": _BROKEN,
    "UserPoolTaggingException": Fault(Meaning.UNREAD, "cannot read the pool's tags", again=True),
    "BadRequestException": _INVALID,
    "InvalidInput": _INVALID,
    "InvalidParameterException": _INVALID,
    "InvalidParameterValueException": _INVALID,
    "ValidationError": _INVALID,
    "ValidationException": _INVALID,
    "WAFInvalidParameterException": _INVALID,
    "WAFUnavailableEntityException": Fault(
        Meaning.UNREAD, "cannot answer yet, as after a recent change: run again in a few minutes"
    ),
    "NotImplemented": Fault(Meaning.UNREAD, "does not exist at this endpoint"),
    "UnknownOperationException": Fault(Meaning.UNREAD, "does not exist at this endpoint"),
}
"""Error code of an answer → what it means (error lists of the services' API references)."""

_NO_CREDENTIALS: Final = Fault(
    Meaning.NO_ACCESS, "needs credentials and there are none: give --profile or the AWS_… variables"
)
_NO_ENDPOINT: Final = Fault(
    Meaning.NO_ENDPOINT, "cannot reach AWS: check the network, --region and --endpoint-url"
)

EXCEPTIONS: Final[dict[str, Fault]] = {
    "NoCredentialsError": _NO_CREDENTIALS,
    "PartialCredentialsError": _NO_CREDENTIALS,
    "CredentialRetrievalError": Fault(
        Meaning.NO_ACCESS, "gets no credentials from their source: check --profile"
    ),
    "SSOError": _EXPIRED,
    "TokenRetrievalError": _EXPIRED,
    "LoginError": _EXPIRED,
    "ProfileNotFound": Fault(Meaning.NO_ACCESS, "needs a profile that is not there: check --profile"),
    "ConfigNotFound": Fault(Meaning.NO_ACCESS, "needs AWS's config file: check AWS_CONFIG_FILE"),
    "ConfigParseError": Fault(Meaning.NO_ACCESS, "cannot read AWS's config file: check AWS_CONFIG_FILE"),
    "InvalidConfigError": Fault(
        Meaning.NO_ACCESS,
        "meets a setting that boto3 refuses: check AWS's config file and the AWS_… variables "
        "(AWS_CA_BUNDLE and REQUESTS_CA_BUNDLE may be unset, but not empty)",
    ),
    "NoRegionError": Fault(Meaning.NO_ACCESS, "needs a region: give --region or AWS_REGION"),
    "InvalidRegionError": Fault(Meaning.NO_ACCESS, "needs a region that exists: check --region"),
    "EndpointConnectionError": _NO_ENDPOINT,
    "ConnectTimeoutError": _NO_ENDPOINT,
    "ProxyConnectionError": _NO_ENDPOINT,
    "SSLError": Fault(
        Meaning.NO_ENDPOINT, "does not trust the server's certificate: check AWS_CA_BUNDLE and --endpoint-url"
    ),
    "ReadTimeoutError": Fault(Meaning.NO_ENDPOINT, "got no answer in time, also after {attempts} attempts"),
    "HTTPClientError": Fault(Meaning.NO_ANSWER, "lost the connection, also after {attempts} attempts"),
    "ParamValidationError": _INVALID,
    "GarbledError": Fault(
        Meaning.NO_ANSWER, "got something else than AWS's JSON: is a proxy in between?", again=True
    ),
    "ResponseParserError": Fault(
        Meaning.NO_ANSWER, "got an answer that boto3 cannot read: is a proxy in between?"
    ),
}
"""Exception class of botocore (or a base of it) → what it means."""

SIGN_IN: Final = frozenset(
    {"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "GetRoleCredentials", "GetSessionToken"}
)
"""Calls that botocore makes by itself to get credentials: no call can work when one of these fails."""


def fault_of(error: Exception) -> Fault | None:
    """What an exception of boto3 means; None for one that is none of boto3's."""
    code = error_code(error)
    if code is not None:
        operation = getattr(error, "operation_name", "")
        if operation in SIGN_IN:
            return Fault(
                Meaning.NO_ACCESS, f"gets no credentials, {operation} answers {code}: check --role-arn"
            )
        known = CODES.get(code)
        if known is not None:
            return known
        if _status(error) >= 500:
            return CODES["NotImplemented"] if _status(error) == 501 else _BROKEN
        return Fault(Meaning.UNREAD, "fails")
    names = [base.__name__ for base in type(error).__mro__]
    known = next((EXCEPTIONS[name] for name in names if name in EXCEPTIONS), None)
    if known is None and "BotoCoreError" in names:
        return Fault(Meaning.UNREAD, f"fails in boto3 ({names[0]})")
    return known


def error_code(error: Exception) -> str | None:
    """The code of an error answer; None for an exception that is no answer."""
    response = getattr(error, "response", None)
    if not isinstance(response, dict) or isinstance(error, GarbledError):
        return None
    return str(response.get("Error", {}).get("Code", "")) or str(_status(error))


def _status(error: Exception) -> int:
    response = getattr(error, "response", {})
    return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode") or 0)
