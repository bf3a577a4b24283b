"""What is settled once, when the server starts: how people come in, and whether that is safe enough to start at all."""

import functools
import logging
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from lib.access import audit, network, provider, settings, sign_ins

EXIT_CODE = 78  # EX_CONFIG

logger = logging.getLogger("bureau")

NOT_OPEN = """
서버를 시작하지 않았습니다. 로그인 설정이 없어 이 컴퓨터 밖에서 접속하는 주소({address})로는 열 수 없습니다.
  - 혼자 쓸 때: 주소를 지정하지 말고 실행하십시오(make run).
  - 여럿이 쓸 때: .streamlit/secrets.example.toml을 보고 로그인을 설정하십시오(docs/security.md).
  - 통신망 안의 누구나 보아도 될 때: BUREAU_TRUSTED_NETWORK=1을 붙여 실행하십시오.
"""
NOT_SAFE = """
서버를 시작하지 않았습니다. 접근 설정에 고칠 것이 있습니다(docs/security.md).
{faults}
"""


@functools.cache
def mode() -> network.Mode:
    """How people come in. Raises network.RefusedError where the server should not have been started."""
    return network.mode(st.get_option("server.address"), provider.configured())


@functools.cache
def hosts() -> tuple[str, ...]:
    """The host names by which the server may be asked, server.allowedHosts among them."""
    named = tuple(st.get_option("server.allowedHosts"))
    if mode() is network.Mode.ALONE:
        return (*network.LOOPBACK_NAMES, *named)
    if mode() is network.Mode.SIGN_IN:
        return (*network.LOOPBACK_NAMES, urlsplit(provider.redirect_uri()).hostname or "", *named)
    return (*network.LOOPBACK_NAMES, *named) if named else ("*",)


@functools.cache
def origins() -> tuple[str, ...]:
    """Origins other than the server's own that may talk to it."""
    return tuple(st.get_option("server.corsAllowedOrigins"))


@functools.cache
def base() -> str:
    """What stands before every path where the server lies below another: /report, or empty."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def check() -> None:
    """Say how people come in; or say why not, and end the process with EXIT_CODE."""
    try:
        found = faults()
        if found:
            _refuse(NOT_SAFE.format(faults="\n".join(f"  - {fault}" for fault in found)), "; ".join(found))
        if mode() is network.Mode.TRUSTED:
            logger.warning("trusted network: everyone who reaches this server may use it, without sign-in")
        audit.open_file(audit_file())
        if mode() is network.Mode.SIGN_IN:
            sign_ins.folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    except network.RefusedError as fault:
        told = NOT_OPEN.format(address=str(fault) or "모든 주소")
        _refuse(told, f"no sign-in is configured and the address is {str(fault) or 'every interface'}")
    except OSError as fault:
        if mode() is network.Mode.ALONE:
            logger.warning("no audit log: %s", fault)
        else:
            _refuse(NOT_SAFE.format(faults=f"  - {fault}"), f"the audit log cannot be written: {fault}")


def faults() -> list[str]:
    """Everything about the settings that would not work or would not be safe."""
    found = provider.faults()
    try:
        settings.current()
    except settings.SettingsError as fault:
        found.append(str(fault))
    if found or mode() is network.Mode.ALONE:
        return found
    for option, safe in (("enableCORS", True), ("enableXsrfProtection", True), ("enableAgentApi", False)):
        if st.get_option(f"server.{option}") is not safe:
            found.append(f"server.{option} must be {str(safe).lower()} where others can reach the server")
    address = urlsplit(provider.redirect_uri())
    if (
        mode() is network.Mode.SIGN_IN
        and address.scheme != "https"
        and not network.is_loopback(address.hostname)
    ):
        found.append("[auth] redirect_uri must begin with https: whoever listens could take the sign-in")
    return found


def audit_file() -> Path:
    """One file per port, since two processes must not set the same file aside."""
    named = os.environ.get("BUREAU_AUDIT")
    return Path(named) if named else Path(audit.folder(), f"audit-{st.get_option('server.port')}.jsonl")


def _refuse(korean: str, english: str) -> None:
    print(korean, file=sys.stderr, flush=True)
    logger.critical("the server was not started: %s", english)
    sys.exit(EXIT_CODE)
