from onedoor.kernel.expr import facts, parse


def test_the_facts_of_an_expression_are_all_names_it_reads() -> None:
    tree = {
        "if": [
            {"all": [{"present": "$a"}, {"not": "$b"}, {"in": ["$c", ["x"]]}]},
            {"add": ["$d", 1]},
            {"max": [1, {"sub": ["$e.f", "$d"]}]},
        ]
    }
    assert facts(parse(tree)) == {"a", "b", "c", "d", "e.f"}
    assert facts(parse(True)) == frozenset()
