"""The kinds of document that a report is written as: one registry for command line and window."""

from collections.abc import Callable
from dataclasses import dataclass

from core.explain.report import Report
from core.explain.report_json import report_json
from core.explain.report_text import report_text, worksheet_text
from core.registry import Registry


@dataclass(frozen=True)
class ReportKind:
    """`suffix` is that of its files; `offered` where a person chooses what to read."""

    name: str
    label: str
    suffix: str
    write: Callable[[Report], str]
    offered: bool = True


REPORT_KINDS: Registry[ReportKind] = Registry("format")
for _kind in (
    ReportKind("text", "Text", ".txt", lambda report: report_text(report, "text")),
    ReportKind("markdown", "Markdown", ".md", lambda report: report_text(report, "markdown")),
    ReportKind("latex", "LaTeX", ".tex", lambda report: report_text(report, "latex")),
    ReportKind("json", "JSON", ".json", report_json, offered=False),
    ReportKind("worksheet", "Worksheet and its solution, Markdown", ".md", worksheet_text),
    ReportKind(
        "worksheet-latex",
        "Worksheet and its solution, LaTeX",
        ".tex",
        lambda report: worksheet_text(report, "latex"),
    ),
):
    REPORT_KINDS.add(_kind)
