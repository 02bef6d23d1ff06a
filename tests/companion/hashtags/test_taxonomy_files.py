"""Trees of shops are taken in as they are published; what is wrong is named with its line."""

import json

import pytest

from companion.hashtags import TaxonomyError, read_taxonomy


@pytest.fixture
def read(tmp_path):
    def one(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_taxonomy(path, "t")

    return one


def lines(*rows):
    return "category_id,path,level,parent_id\n" + "".join(f"{row}\n" for row in rows)


def as_told(tree):
    return [(category.id, " > ".join(category.path), category.parent_id) for category in tree.categories]


def test_an_own_file_in_any_order(read):
    tree = read("t.csv", lines("b,Pets > Dogs,2,a", "a,Pets,1,"))
    assert as_told(tree) == [("a", "Pets", None), ("b", "Pets > Dogs", "a")]
    assert tree.source == "own"
    assert [child.id for child in tree.below["a"]] == ["b"]


def test_names_below_a_category_are_kept(read):
    tree = read("t.csv", "category_id,path,children\na,Pets,Dog food; Cat food\n")
    assert tree.get("a").children == ("Dog food", "Cat food")


def test_parents_are_found_by_path_where_no_id_is_told(read):
    assert as_told(read("t.csv", "category_id,path\n1,Pets\n2,Pets > Dogs\n"))[1] == ("2", "Pets > Dogs", "1")


def test_tiktok_shop(read):
    tree = read("t.csv", "id,parent_id,local_name\n600001,0,Home Supplies\n600002,600001,Home Decor\n")
    assert as_told(tree) == [("600001", "Home Supplies", None), ("600002", "Home Supplies > Home Decor", "600001")]
    assert tree.source == "tiktok"


def test_ebay_by_parents(read):
    text = "CategoryID,CategoryName,CategoryLevel,CategoryParentID\n1281,Pet Supplies,1,1281\n20742,Dog Supplies,2,1281\n"
    tree = read("t.csv", text)
    assert as_told(tree) == [("1281", "Pet Supplies", None), ("20742", "Pet Supplies > Dog Supplies", "1281")]


def test_ebay_by_levels(read):
    tree = read("t.csv", "L1,L2,L3,Category ID\nPet Supplies,,,1281\n,Dog Supplies,,20742\n,,Beds,20744\n,Cat Supplies,,20737\n")
    assert [category.path for category in tree.categories] == [
        ("Pet Supplies",),
        ("Pet Supplies", "Dog Supplies"),
        ("Pet Supplies", "Dog Supplies", "Beds"),
        ("Pet Supplies", "Cat Supplies"),
    ]
    assert tree.get("20744").parent_id == "20742"


def test_ebay_by_its_taxonomy_api(read):
    node = {
        "category": {"categoryId": "1", "categoryName": "Pets"},
        "childCategoryTreeNodes": [{"category": {"categoryId": "2", "categoryName": "Dogs"}}],
    }
    tree = read("t.json", json.dumps({"rootCategoryNode": {"category": {"categoryId": "0"}, "childCategoryTreeNodes": [node]}}))
    assert as_told(tree) == [("1", "Pets", None), ("2", "Pets > Dogs", "1")]
    assert tree.get("1").children == ("Dogs",)


def test_google_with_and_without_ids(read):
    tree = read("t.txt", "# Google_Product_Taxonomy_Version: 2021-09-21\n1 - Animals\n3237 - Animals > Live Animals\n")
    assert as_told(tree) == [("1", "Animals", None), ("3237", "Animals > Live Animals", "1")]
    plain = read("t.txt", "Animals\nAnimals > Live Animals\n")
    assert as_told(plain)[1] == ("Animals > Live Animals", "Animals > Live Animals", "Animals")


def test_ten_levels_and_other_alphabets(read):
    steps = ["動物", "สัตว์", "животные", "حيوانات", "जानवर", "동물", "ζώα", "כלבים", "cún cưng", "chó"]
    rows = [f"{level},{' > '.join(steps[:level])},{level},{level - 1 or ''}" for level in range(1, 11)]
    tree = read("t.csv", lines(*rows))
    assert tree.depth == 10
    assert tree.get("10").path == tuple(steps)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.csv", lines("a,Pets,1,b", "b,Dogs,1,a"), '"a" is below itself'),
        ("t.csv", lines("a,Pets,1,a"), '"a" is below itself'),
        ("t.csv", lines("a,Pets,1,", "a,Dogs,1,"), 'line 3: the id "a" stands in line 2 already'),
        ("t.csv", lines("a,Pets,1,zz"), 'line 2: parent_id "zz" of "a" is in no line'),
        ("t.csv", lines(",Pets,1,"), "line 2: category_id is empty"),
        ("t.csv", lines("a,,1,"), 'line 2: the path of "a" is empty'),
        ("t.csv", lines("a,Pets > ,2,"), 'line 2: the path of "a" is empty or has an empty step'),
        ("t.csv", lines("a,Pets > Dogs,1,"), 'line 2: level is "1", but the path "Pets > Dogs" has 2'),
        ("t.csv", lines("a," + " > ".join("abcdefghijk") + ",11,"), "has 11 levels; at most 10"),
        ("t.csv", lines("a," + "x" * 400 + ",1,"), "has 400 characters"),
        ("t.csv", lines('a,"Pets,1,'), "not valid CSV"),
        ("t.csv", "category_id,path\n", "holds no category"),
        ("t.csv", "foo,bar\n1,2\n", "the columns are none that we know"),
        ("t.csv", "id,parent_id,local_name\n1,2,A\n2,1,B\n", 'line 2: "1" is below itself'),
        ("t.csv", "id,parent_id,local_name\n1,9,A\n", 'line 2: the parent id "9" is in no line'),
        ("t.csv", "L1,L2,Category ID\n,Dogs,2\n", 'line 2: "Dogs" stands in L2, but no line before it fills in L1'),
        ("t.json", "{}", 'no "rootCategoryNode"'),
        ("t.json", "{", "not valid JSON"),
        ("t.txt", "", "holds no category"),
        ("t.xml", "<a/>", "the name must end in"),
    ],
)
def test_what_is_wrong_is_named(read, name, text, said):
    with pytest.raises(TaxonomyError) as caught:
        read(name, text)
    assert said in str(caught.value)


def test_a_chain_of_many_parents_does_not_exhaust_the_stack(read):
    rows = [f"{at},{at - 1},n{at}" for at in range(1, 3000)]
    with pytest.raises(TaxonomyError, match="levels; at most 10"):
        read("t.csv", "id,parent_id,local_name\n" + "\n".join(rows) + "\n")
