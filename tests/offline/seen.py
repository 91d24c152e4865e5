"""Whether each cell of an executed notebook has answered, and without an error."""

import json
import sys

cells = [cell for cell in json.load(open(sys.argv[1]))["cells"] if cell["cell_type"] == "code"]
outputs = [output for cell in cells for output in cell["outputs"]]
assert all(cell["execution_count"] for cell in cells), "a cell has not answered"
assert not [it for it in outputs if it["output_type"] == "error" or it.get("name") == "stderr"], "a cell has an error"
assert sum("data" in it for it in outputs) > 8, "figures are missing"
print(f"{len(cells)} cells have answered")
