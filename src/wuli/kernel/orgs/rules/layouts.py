"""For everything that a file may be about, how its table looks."""

from ..models import About
from .roster.layout import ROSTER
from .sheets.layout import Layout
from .tree.layout import TREE

LAYOUTS: dict[str, Layout] = {About.ROSTER: ROSTER, About.UNITS: TREE}
