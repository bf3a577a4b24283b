"""Controls with the law they rest on, and what is said of an entry that cannot be taken."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from lib import upload
from lib.control import Control
from lib.ui.figures import literal


def widget(control: Control) -> None:
    """The widget of a control, bound to the link."""
    if control.kind == "choice":
        st.segmented_control(
            control.label,
            control.options,
            default=control.default,
            required=True,
            key=control.key,
            bind="query-params",
        )
    elif control.kind == "points":
        st.text_input(control.label, control.default, max_chars=100, key=control.key, bind="query-params")
    else:
        number: Callable[[float], Any] = int if control.kind == "whole" else float
        st.number_input(
            control.label,
            number(control.least),
            number(control.most),
            control.default,
            number(control.step),
            control.format,
            key=control.key,
            bind="query-params",
            placeholder="미입력",
        )


def law(control: Control) -> None:
    """What a control rests on and, marked as an assumption, what that leaves open."""
    assumed = f"  \n:orange-badge[가정] {control.silent}" if control.silent else ""
    st.caption(f"근거: {control.law}{assumed}")


def control(control: Control) -> None:
    """A control in a box with its law."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        widget(control)
        law(control)


def controls(controls: Sequence[Control]) -> None:
    """Controls in boxes, as many beside each other as fit."""
    with st.grid(3, min_column_width=280):
        for one in controls:
            control(one)


def problems(found: Sequence[upload.Problem], consequence: str) -> None:
    """What an upload or an entry has wrong, each in a sentence, and what was done about it."""
    listed = "\n".join(f"- {literal(problem.sentence)}" for problem in found[:10])
    more = f"\n- 그 밖에 {len(found) - 10:,}건이 더 있습니다." if len(found) > 10 else ""
    st.error(f"{listed}{more}", title=consequence)
