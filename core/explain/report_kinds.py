"""The kinds of document that a report is written as: one registry for command line and window."""

from collections.abc import Callable, Iterable

from core.explain.report import Report
from core.explain.report_json import report_json
from core.explain.report_text import report_lines, worksheet_lines
from core.record import record
from core.registry import Registry
from core.work import Work, finished


@record
class ReportKind:
    """`suffix` is that of its files; `offered` where a person chooses what to read. `lines` are written one by one."""

    name: str
    label: str
    suffix: str
    lines: Callable[[Report], Iterable[str]]
    offered: bool = True

    def write(self, report: Report) -> str:
        """The whole document at once."""
        return finished(self.work(report))

    def work(self, report: Report) -> Work[str]:
        """The same as work that may pause after each line."""
        written: list[str] = []
        for line in self.lines(report):
            written.append(line)
            yield
        return "\n".join(written).strip()


REPORT_KINDS: Registry[ReportKind] = Registry("format")
for _kind in (
    ReportKind("text", "Text", ".txt", lambda report: report_lines(report, "text")),
    ReportKind("markdown", "Markdown", ".md", lambda report: report_lines(report, "markdown")),
    ReportKind("latex", "LaTeX", ".tex", lambda report: report_lines(report, "latex")),
    ReportKind("json", "JSON", ".json", lambda report: (report_json(report),), offered=False),
    ReportKind("worksheet", "Worksheet and its solution, Markdown", ".md", worksheet_lines),
    ReportKind(
        "worksheet-latex",
        "Worksheet and its solution, LaTeX",
        ".tex",
        lambda report: worksheet_lines(report, "latex"),
    ),
):
    REPORT_KINDS.add(_kind)
