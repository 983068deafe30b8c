"""What the exchange floor is tried with: helpers shared by its tests, which are no package."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / part) for part in ("reading", "forms", "pages")]
