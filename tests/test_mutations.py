"""A few of the damaged files of `make bench-mutations`, through a real run with workers."""

from benchmarks.mutated_run import run
from benchmarks.mutations import MUTATIONS, mutated_files

FILES = 40
# All processes of the run together.
MOST_MB = 2_000


def test_damaged_files_are_loaded_or_quarantined_with_a_reason(tmp_path):
    files = list(mutated_files(20261127, FILES, converts=False))
    assert {file.mutation for file in files} == set(MUTATIONS)
    outcome = run(tmp_path, files, "--workers", "1")
    assert outcome.faults == []
    assert outcome.peak_all < MOST_MB
    said = outcome.files["outcome"].ne("report")
    assert 0 < said.sum() < len(outcome.files)
    assert outcome.files.loc[said, "message"].str.len().gt(20).all()


def test_the_same_seed_gives_the_same_files():
    def data():
        return [file.data for file in mutated_files(7, 12, converts=False)]

    assert data() == data()
