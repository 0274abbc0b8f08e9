"""Backprop Playground, the application: it joins the numbers (`core`) to the window (`ui`).

Other packages use the names `core` and `ui` too, so the folder that holds ours goes first on the path:
`_sealed` beside this file in an installed wheel, the repository in a checkout.
"""

import sys
from pathlib import Path

_sealed = Path(__file__).resolve().parent / "_sealed"
sys.path.insert(0, str(_sealed if _sealed.is_dir() else _sealed.parents[1]))
