import streamlit as st

from lib import ui
from lib.ui import desk, examination, publication

publication.published()
ui.source("organisation", "revenue", "expenditure", "district_population")

case, job = desk.case(), publication.job()
under_way = job is not None and job.running
step = desk.steps(desk.RESULT if under_way else None)

if case and step not in (desk.UPLOAD, desk.RESULT) and case.outdated:
    desk.outdated(case)

if step == desk.UPLOAD:
    desk.upload()
elif step == desk.RESULT and job:
    if under_way:
        publication.progress(job)
    publication.settle(job)
    publication.result(job, desk.case())
elif step == desk.RESULT:
    st.info("아직 게시한 것이 없습니다.")
elif case is None:
    desk.nothing_handed_in()
elif step == desk.READ:
    desk.recognised(case)
    desk.missing(case)
    desk.candidates(case)
    desk.doubts(case)
    desk.book(case)
    desk.onward(desk.CHECK)
elif step == desk.CHECK:
    with st.spinner("검사하고 있습니다."):
        verdict = case.examined(desk.taken(case)).verdict
    left = verdict.open(examination.accepted(verdict))
    examination.problems(verdict.problems, "고쳐야 게시할 수 있습니다. 파일을 고쳐 다시 올리십시오")
    examination.differences(verdict)
    examination.unlikely(verdict)
    examination.resolved(verdict)
    if verdict.problems:
        desk.book(case)
    elif left:
        st.info(f"까닭을 적거나 확인할 것이 {len(left)}건 남았습니다.", icon=":material/rule:")
    else:
        st.success("검사를 마쳤습니다. 고칠 곳과 확인할 것이 없습니다.", icon=":material/check_circle:")
    desk.onward(desk.COMPARE)
elif step == desk.COMPARE:
    with st.spinner("지금 자료와 견주고 있습니다."):
        changes = case.examined(desk.taken(case)).changes
    examination.changes(changes, "desk_changes")
    desk.onward(desk.CONFIRM)
else:
    publication.confirm(case)

st.header("판 목록과 서식", anchor=False)
publication.listed()
st.header("게시 이력", anchor=False)
publication.log()
