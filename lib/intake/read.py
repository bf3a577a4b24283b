"""The one way in for files: what each is, by its content, and what they say together."""

import logging
from collections.abc import Sequence

from lib.intake import grid, hwpx, kind, limits, plain_text, registration, workbook
from lib.intake.draft import Draft, IntakeError, Problem, refusal
from lib.intake.grid import Source
from lib.intake.standing import Standing

log = logging.getLogger(__name__)

UNKNOWN_TABLE = (
    "자료 입력 통합 문서, 행정안전부 주민등록 인구통계(인구 및 세대현황·연령별 인구현황), 서울 열린데이터광장"
    " 주민등록인구 가운데 하나를 내려받은 그대로 올려 주십시오."
)


def drafts(files: Sequence[tuple[str, bytes]], standing: Standing) -> Draft:
    """What the files (name, content) say together; what stands now is looked at for names and codes alone.

    Files of residents are brought together month by month; of all others, no two may hold the same table. Raises
    IntakeError with the problems of all files where one of them is not taken.
    """
    _check_sizes(files)
    problems: list[Problem] = []
    found: list[tuple[str, Draft]] = []
    residents: list[Source] = []
    for name, content in files:
        try:
            said = _guarded(name, content, standing)
        except IntakeError as fault:
            problems += fault.problems
            continue
        if isinstance(said, Draft):
            found.append((name, said))
        else:
            residents += said
    if problems:
        raise IntakeError(problems[: limits.PROBLEMS])
    if residents:
        found.append(("", _together(residents, _with_places(standing, found))))
    return _joined(found)


def _check_sizes(files: Sequence[tuple[str, bytes]]) -> None:
    if not files:
        raise refusal("", "파일이 없습니다.", kind.TAKEN)
    if len(files) > limits.FILES:
        raise refusal("", f"파일이 {limits.FILES}개를 넘습니다.", "나누어 올려 주십시오.")
    for name, content in files:
        if len(content) > limits.FILE_BYTES:
            size = limits.FILE_BYTES // limits.MEGABYTE
            raise refusal(
                name,
                f"{size}MB가 넘는 파일입니다.",
                "그림을 줄이거나 기간을 나누어 다시 저장하여 올려 주십시오.",
            )
    if sum(len(content) for _, content in files) > limits.ALL_FILES_BYTES:
        size = limits.ALL_FILES_BYTES // limits.MEGABYTE
        raise refusal("", f"파일을 모두 더하면 {size}MB가 넘습니다.", "나누어 올려 주십시오.")


def _guarded(name: str, content: bytes, standing: Standing) -> Draft | list[Source]:
    """What one file says: a draft, or the tables of residents in it. Nothing but IntakeError comes out."""
    try:
        return _read(name, content, standing)
    except IntakeError:
        raise
    except Exception as fault:  # MemoryError and RecursionError too: a file must not end the visit of others
        log.warning("A file that a reader does not know how to refuse: %s", type(fault).__name__)
        expected = "원래 프로그램에서 열어 새 이름으로 저장한 뒤 다시 올려 주십시오."
        raise refusal(name, "읽을 수 없는 파일입니다.", expected) from None


def _read(name: str, content: bytes, standing: Standing) -> Draft | list[Source]:
    match kind.of(name, content):
        case "hwpx":
            return hwpx.read(name, content, standing)
        case "xlsx":
            sheets = grid.book(name, content)
            if workbook.recognised(sheets, standing):
                return workbook.of_sheets(name, sheets, standing)
            sources = [
                source for source in grid.of_book(name, sheets) if registration.recognised(source, standing)
            ]
            if not sources:
                raise refusal(name, "무슨 표인지 알 수 없는 통합 문서입니다.", UNKNOWN_TABLE)
            return sources
        case "text":
            text = grid.text(name, content)
            source = grid.of_text(name, text)
            named_table = name.lower().endswith((".csv", ".tsv"))
            try:
                if registration.recognised(source, standing):
                    return [source]
            except IntakeError:
                if named_table:
                    raise
            if named_table:
                raise refusal(name, "무슨 표인지 알 수 없는 CSV입니다.", UNKNOWN_TABLE)
            return plain_text.read(name, text, standing)


def _with_places(standing: Standing, found: Sequence[tuple[str, Draft]]) -> Standing:
    """What stands with the districts and 동 of the workbooks that are handed in with the residents."""
    given = {
        sheet.path: [{column: cell.text for column, cell in row.items()} for row in sheet.rows]
        for _, draft in found
        for sheet in draft.sheets
        if sheet.table in ("district", "dong")
    }
    return standing._replace(sheets=standing.sheets | given) if given else standing


def _together(sources: list[Source], standing: Standing) -> Draft:
    try:
        return registration.read(sources, standing)
    except IntakeError:
        raise
    except Exception as fault:
        log.warning("Residents that a reader does not know how to refuse: %s", type(fault).__name__)
        expected = "내려받은 그대로의 파일을 올려 주십시오."
        raise refusal(sources[0].file, "읽을 수 없는 표입니다.", expected) from None


def _joined(found: Sequence[tuple[str, Draft]]) -> Draft:
    """The drafts as one; a problem for each table that two files hold."""
    holders: dict[str, str] = {}
    problems = []
    for name, draft in found:
        for sheet in draft.sheets:
            if sheet.path in holders:
                other = holders[sheet.path] or "주민등록 인구 파일"
                problems.append(
                    Problem(
                        name,
                        sheet.table,
                        None,
                        "",
                        f"{other}에도 있는 표입니다.",
                        "둘 가운데 하나만 올려 주십시오.",
                    )
                )
            holders.setdefault(sheet.path, name)
    if problems:
        raise IntakeError(problems[: limits.PROBLEMS])
    drafts = [draft for _, draft in found]
    return Draft(
        [sheet._replace(file=sheet.file or name) for name, draft in found for sheet in draft.sheets],
        [candidate for draft in drafts for candidate in draft.candidates],
        [missing for draft in drafts for missing in draft.missing],
    )
