"""PDFs made in two ways, and what is to be read in each."""

import json
from pathlib import Path

FILES = Path(__file__).parent
GOLD = json.loads((FILES / "gold.json").read_text(encoding="utf-8"))
