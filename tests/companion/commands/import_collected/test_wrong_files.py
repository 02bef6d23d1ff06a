"""Wrong lines and files of no known kind are named, and nothing of any file is imported."""

import pytest

from tests.companion.commands.import_collected.scene import COMMENTS, VIDEO, item, line, stored, take_in


def test_one_wrong_line_stops_all_files(written, workspace):
    bad = written(
        "bad.csv",
        "id,text,video_id,create_time,likes\n"
        "7600000000000000101,ok,7600000000000000011,2026-01-01,1\n"
        "7.6E+18,ok,7600000000000000011,,\n"
        "7600000000000000102,ok,,yesterday,many\n"
        "c3,ok,7600000000000000011,,\n"
        "7600000000000000104,a,b,c,d,e\n",
    )
    result = take_in(workspace, written("good.csv", COMMENTS), bad)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        'bad.csv line 3: "id" is "7.6E+18", shortened by a spreadsheet; give that column the format text and fill it in again',
        'bad.csv line 4: "create_time" is "yesterday"; write a time such as "2026-01-31T18:30:00Z", or seconds since 1970; '
        '"likes" is "many"; it must be a whole number from 0 on; "video_id" is missing or empty',
        'bad.csv line 5: "id" is "c3"; it must be the number that TikTok gave it',
        "bad.csv line 6: 6 cells, but 5 columns; put text with commas or line breaks in quotation marks",
        "4 wrong lines; nothing was imported from any file. Mend them and import again.",
    ]
    assert not workspace.exists()


def test_many_wrong_lines_are_counted_and_some_are_shown(written, workspace):
    result = take_in(workspace, written("c.jsonl", [{**COMMENTS[1], "likes": "many"} for _ in range(200)]))
    last = ["and 150 more", "200 wrong lines; nothing was imported from any file. Mend them and import again."]
    assert result.stderr.splitlines()[50:] == last


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "name,price\nx,3\n", "what it holds could not be recognised; say so with --kind"),
        ("a.jsonl", "not json\n", "what it holds could not be recognised"),
        ("a.json", '[{"id": "1",\n"text": "x", "video_id": "2"}]', "it is one JSON list; write one object a line (.jsonl)"),
        ("a.json", "{", "not valid JSON"),
        ("a.txt", "x", "the name must end in"),
        ("a.html", "<html></html>", "nothing of TikTok's that is read here"),
        ("a.json", '{"statusCode": 0}', "what it holds could not be recognised"),
    ],
)
def test_a_file_of_no_known_kind_is_named(written, workspace, name, content, message):
    result = take_in(workspace, written(name, content))
    assert result.exit_code == 2
    assert message in result.stderr
    assert not workspace.exists()


@pytest.mark.parametrize("name", ["c.csv", "c.jsonl"])
def test_a_table_that_may_be_comments_or_videos_is_refused_with_what_decides(written, workspace, name):
    texts = [{"id": f"760000000000000010{at}", "text": text, "context": "mug"} for at, text in enumerate(("need", "where from", "lol"))]
    result = take_in(workspace, written(name, texts))
    assert result.exit_code == 2
    assert (
        f"{name} line 1: its columns (id, text, context) may be those of comments or of videos. If they are comments, add the column "
        "video_id, which each comment needs; if they are videos, rename text to caption, or say --kind videos"
    ) in result.stderr
    assert not workspace.exists()


@pytest.mark.parametrize(
    ("columns", "args", "table"),
    [
        (("id", "text", "video_id"), (), "comment"),
        (("id", "caption"), (), "video"),
        (("id", "text"), ("--kind", "videos"), "video"),
        (("comment_id", "text", "video_url", "plays"), (), "comment"),
        (("id", "text", "video_url", "plays"), ("--kind", "comments"), "comment"),
        (("id", "caption", "video_url", "plays"), (), "video"),
    ],
)
def test_each_of_the_named_mends_decides(written, workspace, columns, args, table):
    values = {"text": "need", "caption": "a mug", "video_id": VIDEO, "video_url": f"https://www.tiktok.com/@a/video/{VIDEO}", "plays": 9}
    row = {name: values.get(name, "7600000000000000101") for name in columns}
    assert take_in(workspace, written("t.csv", [row]), *args).exit_code == 0
    assert [one["id"] for one in stored(workspace, table) if one["id"] != VIDEO] == ["7600000000000000101"]


def test_a_table_of_something_else_is_named_by_its_columns_and_a_catalogue_shown_its_way(written, workspace):
    names = ["name", "price", *(f"field{at}" for at in range(12))]
    result = take_in(workspace, written("a.csv", ",".join(names) + "\n" + ",".join("x" * len(names)) + "\n"))
    assert f"Its columns are {', '.join(names[:12])} and 2 more" in result.stderr
    assert "A catalogue of products is read by `buysignal shop import`" in result.stderr


def test_a_missing_column_is_named(written, workspace):
    result = take_in(workspace, written("c.csv", "id,text\n1,x\n"), "--kind", "comments")
    assert "c.csv line 1: no column was found for: video_id" in result.stderr


def test_labels_and_comments_are_not_mixed(written, workspace):
    labels = written("l.jsonl", [{"id": "1", "text": "x", "grade": 3}])
    result = take_in(workspace, labels, written("c.csv", COMMENTS))
    assert (result.exit_code, workspace.exists()) == (2, False)
    assert "import them one kind at a time" in result.stderr
    assert "1 label imported." in take_in(workspace, labels).stdout


def test_lines_of_another_platform_are_refused_by_name(written, workspace):
    other = line({"id": "1", "node": {}}, "instagram.com")
    result = take_in(workspace, written("z.ndjson", [line(item(VIDEO, "7100000000000000022", "shop.tests"), "tiktok.com"), other]))
    assert result.stderr.startswith('z.ndjson line 2: "source_platform" is "instagram.com"; only TikTok is read')
    assert not workspace.exists()


def test_names_in_a_file_cannot_steer_the_terminal(written, workspace):
    result = take_in(workspace, written("c.jsonl", [{**COMMENTS[0], f"{chr(27)}[2J": 1}]))
    assert result.exit_code == 0
    assert chr(27) not in result.stdout
