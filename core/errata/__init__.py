"""What the texts print, beside what is right: their formulas, their errors, and numbers where these show."""

# In the order in which they are shown: the file adds its own to ERRATA.
from core.errata import texts
from core.errata.erratum import ERRATA, Counterexample, Erratum, errata_of
from core.errata.formula import formula_text, read_formula
from core.errata.formulas import PRINTED, printed_in
from core.errata.printed import Printed
from core.errata.remarks import remarks

__all__ = [
    "ERRATA",
    "PRINTED",
    "Counterexample",
    "Erratum",
    "Printed",
    "errata_of",
    "formula_text",
    "printed_in",
    "read_formula",
    "remarks",
    "texts",
]
