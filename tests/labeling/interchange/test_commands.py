"""`buysignal import` with files of other tools and `buysignal label export`: all of a file is taken in, or nothing."""

import csv
import io
import json
import xml.etree.ElementTree as Xml
from pathlib import Path
from uuid import uuid4

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.store import labels, open_store, sample
from companion.store.labels import LabelEvent
from labeling.interchange.commands import NAMES, export
from labeling.interchange.formats import FORMATS

FIXTURES = Path(__file__).parent / "fixtures"
ENDINGS = {"csv": "csv", "jsonl": "jsonl", "parquet": "parquet", "label-studio": "json", "label-studio-min": "json"}


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


def take_in(workspace, *args):
    return CliRunner().invoke(main, ["import", "--workspace", str(workspace), *map(str, args)])


def give_out(workspace, kind, out, *args):
    return CliRunner().invoke(export, [kind, "--out", str(out), "--workspace", str(workspace), *args])


def stored(workspace):
    with open_store(workspace).reading() as connection:
        return labels.votes(connection)


def event(comment, grade, annotator="amy", platform="tiktok", **more):
    words = {"text": f"text of {comment}", "text_hash": "0", "guideline_version": "1", "created_at": 1_760_000_000_000, **more}
    return LabelEvent(
        uuid=str(uuid4()), source="annotator", platform=platform, comment_id=comment, grade=grade, client_id=annotator, **words
    )


@pytest.fixture
def filled(workspace):
    with open_store(workspace).writing("labels") as connection:
        for one in (
            event("c2", 3, signal="none", flags=("spam", "creator"), note="an advert; | and all"),
            event("c1", 8, signal="price", context={"note": "mug"}),
            event("c1", 9, annotator="bo", text="=1+1", sentiment="positive", context={"caption": "a, b", "hashtags": ["x"]}),
            event("c0", 5, platform=sample.PLATFORM),
        ):
            labels.append(connection, one)
    return workspace


def test_a_label_studio_export_is_recognised_by_its_content(workspace):
    dry = take_in(workspace, FIXTURES / "label_studio_own.json", "--dry-run")
    assert dry.exit_code == 0, dry.output
    lines = dry.stdout.splitlines()
    assert lines[0] == "label_studio_own.json: labels, Label Studio JSON, 8 answers"
    assert '  grade: "grade", by its name' in lines
    assert lines[-5:] == [
        "Of 6 comments from 1 video or source",
        "Annotators: label-studio-1 5, label-studio-2 3",
        "Languages: en 7, ar 1",
        "New: 8, already stored: 0",
        "Nothing was written (--dry-run).",
    ]
    assert not workspace.exists()
    assert take_in(workspace, "--kind", "labels", FIXTURES / "label_studio_own.json").stdout.splitlines()[-1] == "8 labels imported."
    assert take_in(workspace, FIXTURES / "label_studio_own_min.json").stdout.splitlines()[-1] == "0 labels imported."
    assert [vote.flags for vote in stored(workspace)] == [(), (), (), (), (), ("unsure",), (), ("spam", "creator")]


def test_one_unknown_answer_and_nothing_is_imported(workspace):
    result = take_in(workspace, FIXTURES / "label_studio_own.json", FIXTURES / "label_studio_foreign.json")
    assert result.exit_code == 2
    assert 'label_studio_foreign.json record 1: task 9, annotation 11: sentiment "Happy" is not known' in result.stderr
    assert "3 wrong lines; nothing was imported from any file" in result.stderr
    assert not workspace.exists()


def test_told_what_answers_mean_it_is_imported(workspace):
    told = ["--map", "mood=sentiment", "--map", "Happy=positive", "--map", "Meh=neutral", "--map", "Don't know=", "--scale", "1-5"]
    result = take_in(workspace, FIXTURES / "label_studio_foreign.json", *told)
    assert result.exit_code == 0, result.output
    assert [(vote.grade, vote.sentiment) for vote in stored(workspace)] == [(10, "positive"), (3, "neutral"), (1, None)]


def test_a_map_without_a_meaning_is_refused(workspace):
    result = take_in(workspace, FIXTURES / "label_studio_own.json", "--map", "stars")
    assert (result.exit_code, result.stderr) == (2, 'Error: --map "stars" has no = in it; write THEIRS=OURS, such as stars=grade\n')


def test_what_is_said_about_labels_is_refused_for_other_files(workspace, tmp_path):
    path = tmp_path / "comments.csv"
    path.write_text("id,text,video_id\n1,a,v\n", encoding="utf-8")
    result = take_in(workspace, path, "--scale", "1-5")
    assert (result.exit_code, result.stderr) == (2, "Error: --map, --scale and --annotator are for labels, and these files hold none\n")


def test_one_person_answering_a_task_twice_is_named(workspace, tmp_path):
    task = json.loads((FIXTURES / "label_studio_own.json").read_text(encoding="utf-8"))[0]
    task["annotations"][1]["completed_by"] = 1
    path = tmp_path / "twice.json"
    path.write_text(json.dumps([task]), encoding="utf-8")
    result = take_in(workspace, path)
    assert result.exit_code == 2
    assert result.stderr.startswith(
        'twice.json record 1: "id" c1 by label-studio-1 stands on twice.json record 1 already; keep one of the two lines\n'
    )


@pytest.mark.parametrize("kind", NAMES)
def test_what_was_exported_is_known_when_it_comes_back(filled, tmp_path, kind):
    out = tmp_path / f"out.{ENDINGS.get(kind, 'jsonl')}"
    result = give_out(filled, kind, out)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == f"{out}: 3 labels"
    again = take_in(filled, "--kind", "labels", out)
    assert again.exit_code == 0, again.output
    assert "New: 0, already stored: 3\n" in again.stdout
    elsewhere = tmp_path / "elsewhere"
    assert take_in(elsewhere, out).stdout.splitlines()[-1] == "3 labels imported."
    assert [(vote.comment_id, vote.text, vote.grade, vote.signal, vote.sentiment, vote.context) for vote in stored(elsewhere)] == [
        ("c1", "text of c1", 8, "price", None, {"note": "mug"}),
        ("c1", "=1+1", 9, None, "positive", {"caption": "a, b", "hashtags": ["x"]}),
        ("c2", "text of c2", 3, "none", None, {}),
    ]
    assert [(vote.flags, vote.note) for vote in stored(elsewhere)] == [((), ""), ((), ""), (("spam", "creator"), "an advert; | and all")]


def test_people_leave_as_pseudonyms_unless_their_names_are_asked_for(filled, tmp_path):
    out = tmp_path / "out.csv"
    give_out(filled, "csv", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert {row["annotator"][:10] for row in rows} == {"annotator-"}
    assert len({row["annotator"] for row in rows}) == 2
    assert rows[1]["text"] == "'=1+1"
    before = out.read_bytes()
    give_out(filled, "csv", out)
    assert out.read_bytes() == before
    give_out(filled, "csv", out, "--names")
    assert [row["annotator"] for row in csv.DictReader(io.StringIO(out.read_text(encoding="utf-8")))] == ["amy", "bo", "amy"]


def test_parquet_has_typed_columns(filled, tmp_path):
    out = tmp_path / "out.parquet"
    give_out(filled, "parquet", out)
    table = pq.read_table(out)
    assert str(table.schema.field("grade").type) == "int64"
    assert str(table.schema.field("flags").type) == "list<element: string>"
    assert table.column("grade").to_pylist() == [8, 9, 3]


def test_the_labeling_interface_stands_beside_the_tasks(filled, tmp_path):
    result = give_out(filled, "label-studio", tmp_path / "out.json")
    assert f"{tmp_path / 'out.config.xml'}: paste it into Label Studio" in result.stdout
    view = Xml.parse(tmp_path / "out.config.xml").getroot()  # noqa: S314 (our own file)
    assert [element.get("name") for element in view.iter() if element.get("toName")] == ["grade", "signal", "sentiment", "flags", "note"]
    shown = {element.get("value")[1:] for element in view if (element.get("value") or "").startswith("$")}
    tasks = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert all(shown <= task["data"].keys() for task in tasks)


def test_an_empty_workspace_and_a_full_disk_are_said(workspace, filled, tmp_path):
    assert give_out(tmp_path / "none", "csv", tmp_path / "a.csv").stderr == f"Error: workspace {tmp_path / 'none'} holds nothing yet\n"
    result = give_out(filled, "csv", tmp_path / "no folder" / "a.csv")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: nothing was written: ")
    assert give_out(filled, "prodigy", tmp_path / "a", "--bom").stderr == "Error: --bom is for csv; prodigy is read right without it\n"


def test_json_says_the_same(filled, tmp_path):
    out = tmp_path / "a.jsonl"
    assert json.loads(give_out(filled, "doccano", out, "--json").stdout) == {
        "format": "doccano",
        "labels": 3,
        "file": str(out),
        "config": None,
    }


def test_every_format_has_a_name():
    assert tuple(FORMATS) == NAMES
