"""`buysignal hashtags` on real files and a real workspace."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.dashboard import sample_data
from companion.store import open_store, videos

SHARED = Path(__file__).parents[4] / "shared" / "data"
TREE = """category_id,path,level,parent_id
p,Pets,1,
pd,Pets > Dog Supplies,2,p
pc,Pets > Cat Supplies,2,p
b,Beauty,1,
bm,Beauty > Makeup,2,b
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hashtags")
    with open_store(folder).writing() as connection:
        made = [videos.Video("tiktok", str(n), hashtags=("zibblo", "kitten", "fyp"), caption="our cat", created_at=n) for n in range(8)]
        videos.save(connection, made, 1)
    (folder / "tree.csv").write_text(TREE, encoding="utf-8")
    said = run(folder, "taxonomy", "import", folder / "tree.csv", "--name", "mine")
    assert said.exit_code == 0, said.output
    assert '5 categories as "mine": 2 on level 1, 3 on level 2' in said.output
    return folder


def run(workspace, *words):
    return CliRunner().invoke(main, ["hashtags", *map(str, words), "--workspace", str(workspace)])


def lines(said):
    assert said.exit_code == 0, said.output
    return [json.loads(line) for line in said.stdout.splitlines()]


def written(path, *rows):
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_tag_is_answered_as_the_contract_says(workspace):
    [answer] = lines(run(workspace, "map", "--tag", "#Zibblo", "--top", 2))
    assert answer["tag"] == "#Zibblo"
    assert answer["none"] is False
    assert answer["matches"][0]["category_id"] == "pc"
    assert set(answer["matches"][0]) == {"category_id", "score", "support", "strategy"}
    assert (answer["matches"][0]["support"], answer["matches"][0]["strategy"], len(answer["matches"])) == (8, "blend", 2)


def test_the_invented_sample_teaches_no_hashtag(tmp_path, model):
    sample_data.offer(open_store(tmp_path), model)
    for answer in (lines(run(tmp_path, "map", "--tag", tag, "--explain"))[0] for tag in ("unboxing", "amazonfinds", "cozyhome")):
        assert {(match["support"], *match["videos"]) for match in answer["matches"]} == {(0,)}


def test_witnesses_are_told_when_asked_for(workspace):
    [answer] = lines(run(workspace, "map", "--tag", "zibblo", "--explain"))
    assert answer["matches"][0]["co_tags"] == [{"tag": "kitten", "videos": 8}]
    assert len(answer["matches"][0]["videos"]) == 5


def test_a_category_is_answered_with_tags(workspace):
    [answer] = lines(run(workspace, "map", "--category", "pc"))
    assert [match["tag"] for match in answer["matches"]] == ["kitten", "zibblo"]


def test_another_level_and_the_tree_that_ships(workspace):
    [answer] = lines(run(workspace, "map", "--tag", "kitten", "--level", 1))
    assert answer["matches"][0]["category_id"] == "p"
    [answer] = lines(run(workspace, "map", "--tag", "kitten", "--taxonomy", "default"))
    assert answer["matches"][0]["category_id"] == "pets/cats"


def test_tags_of_a_file_keep_their_spelling_and_order(workspace, tmp_path):
    file = written(tmp_path / "t.jsonl", '{"tag": "Lipstick"}', '{"tag": "chó"}', '{"tag": "fyp", "other": 1}')
    answers = lines(run(workspace, "map", "--tags", file))
    assert [(one["tag"], one["none"]) for one in answers] == [("Lipstick", False), ("chó", False), ("fyp", True)]


def test_tags_are_shared_out_to_categories(workspace, tmp_path):
    tags = written(tmp_path / "t.jsonl", '{"tag": "lipstick"}', '{"tag": "puppy"}', '{"tag": "fyp"}')
    file = written(tmp_path / "c.csv", "category_id", "pd", "bm")
    answers = lines(run(workspace, "map", "--tags", tags, "--for-categories", file, "--top", 1))
    assert [(one["category_id"], [match["tag"] for match in one["matches"]]) for one in answers] == [
        ("pd", ["puppy"]),
        ("bm", ["lipstick"]),
    ]
    assert set(answers[0]["matches"][0]) == {"tag", "score"}


def test_the_three_tables(workspace, tmp_path):
    tags = written(tmp_path / "t.jsonl", '{"tag": "#Lipstick"}', '{"tag": "fyp"}')
    said = run(workspace, "map", "--tags", tags, "--csv", tmp_path / "out", "--top", 3)
    assert said.exit_code == 0, said.output
    assert "2 tags, 1 of them under stored videos" in said.output
    tables = {
        name: list(csv.reader((tmp_path / "out" / name).open(encoding="utf-8"))) for name in ("tag2cat.csv", "none.csv", "cat2tag.csv")
    }
    assert tables["none.csv"] == [["tag", "is_none"], ["#Lipstick", "0"], ["fyp", "1"]]
    assert tables["tag2cat.csv"][:2] == [["tag", "rank", "category_id", "score"], ["#Lipstick", "1", "bm", tables["tag2cat.csv"][1][3]]]
    assert ["bm", "1", "#Lipstick"] in tables["cat2tag.csv"]
    assert {row[0] for row in tables["cat2tag.csv"][1:]} == {"pd", "pc", "bm"}


def test_the_trees_that_are_there(workspace):
    assert [row["name"] for row in lines(run(workspace, "taxonomy", "list", "--json"))] == ["mine", "default"]
    assert "pc  Pets > Cat Supplies" in run(workspace, "taxonomy", "show", "mine").output


def test_an_empty_workspace_answers_from_words(tmp_path):
    [answer] = lines(run(tmp_path / "new", "map", "--tag", "lipstick"))
    assert (answer["matches"][0]["category_id"], answer["matches"][0]["support"]) == ("beauty/makeup", 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["map"], "say what to map"),
        (["map", "--tag", "a", "--category", "pc"], "say what to map"),
        (["map", "--tag", "a", "--csv", "out"], "name it with --tags"),
        (["map", "--tag", "a", "--for-categories", "{c}"], "name it with --tags"),
        (["map", "--tag", "a", "--taxonomy", "none"], 'there is no tree "none"; there are: mine, default'),
        (["map", "--tag", "a", "--level", "7"], "it has the levels 1 to 2"),
        (["map", "--category", "zz"], '"zz" is no category of the tree "mine"'),
        (["map", "--tags", "{wrong}"], 'line 2: "tag" is 7'),
        (["map", "--tags", "{empty}"], "holds no tag"),
        (["map", "--tags", "{good}", "--for-categories", "{c}"], 'line 2: "zz" is no category'),
        (["taxonomy", "import", "{c}", "--name", "other"], "the columns are none that we know"),
        (["taxonomy", "show", "none"], 'there is no tree "none"'),
    ],
)
def test_bad_input_ends_with_one_clear_line(workspace, tmp_path, words, said):
    files = {
        "wrong": written(tmp_path / "w.jsonl", '{"tag": "a"}', '{"tag": 7}'),
        "empty": written(tmp_path / "e.jsonl"),
        "good": written(tmp_path / "g.jsonl", '{"tag": "a"}'),
        "c": written(tmp_path / "c.csv", "category_id", "zz"),
    }
    answer = run(workspace, *(word.format(**files) for word in words))
    assert answer.exit_code == 2
    assert said in answer.output
    assert len(answer.stderr.strip().splitlines()) == 1


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the evaluation data is not beside this checkout")
def test_the_own_exam_is_passed_by_words_alone(tmp_path):
    """Against an eBay-like tree; no videos, so that this takes seconds. The graph's part is measured by `bench.hashtags_exam`."""
    exam = Path(__file__).parents[2] / "exams" / "hashtag_pairs.jsonl"
    assert run(tmp_path, "taxonomy", "import", SHARED / "tags" / "categories.csv", "--name", "ebay").exit_code == 0
    pairs = {pair["tag"]: pair for pair in map(json.loads, exam.read_text(encoding="utf-8").splitlines())}
    answers = lines(run(tmp_path, "map", "--tags", exam, "--top", 5))
    assert [one["tag"] for one in answers] == list(pairs)
    gold = {tag: {one["category_id"] for one in pair["gold"]} for tag, pair in pairs.items()}
    asked = [one for one in answers if gold[one["tag"]]]
    first = sum(one["matches"][0]["category_id"] in gold[one["tag"]] for one in asked)
    five = sum(any(match["category_id"] in gold[one["tag"]] for match in one["matches"]) for one in asked)
    assert first / len(asked) >= 0.9
    assert five / len(asked) >= 0.95
    assert all(one["none"] == pairs[one["tag"]]["none"] for one in answers)
