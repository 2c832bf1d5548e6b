"""`python -m spm.sample`, from the checkout: writes the files of data/ anew."""

from pathlib import Path

from spm.sample.files import sample_files

for name, content in sample_files().items():
    path = Path("data", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
