"""The catalogue: what DCAT-AP-NO demands is there, and Turtle says the same as JSON-LD."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bosett.statistics.catalogue import Catalogue, DataSet, Dump, json_ld, nodes, turtle
from bosett.terms.label import Label

WORDS = Label('Asked "and" voted', "Anmodet og vedtatt", "Oppmoda og vedteke")
TEXT, NODE, DAY = "text", "node", "day"
MANY = 10_000
RULES = {
    "dcat:Catalog": {
        "dct:identifier": (1, 1, TEXT), "dct:title": (1, MANY, TEXT), "dct:description": (1, MANY, TEXT),
        "dct:publisher": (1, 1, NODE), "dcat:contactPoint": (1, MANY, NODE), "dcat:dataset": (1, MANY, NODE),
        "dcat:service": (1, MANY, NODE), "dct:spatial": (1, MANY, NODE), "dct:modified": (1, 1, DAY),
        "foaf:homepage": (1, 1, NODE), "dct:language": (1, MANY, NODE),
    },
    "dcat:Dataset": {
        "dct:identifier": (1, MANY, TEXT), "dct:title": (1, MANY, TEXT), "dct:description": (1, MANY, TEXT),
        "dct:publisher": (1, 1, NODE), "dcat:contactPoint": (1, MANY, NODE), "dcat:theme": (1, MANY, NODE),
        "dct:accessRights": (1, 1, NODE), "dct:creator": (0, 1, NODE), "dct:provenance": (0, MANY, NODE),
        "dcat:keyword": (1, MANY, TEXT), "dct:spatial": (1, MANY, NODE), "dct:temporal": (1, MANY, NODE),
        "dct:modified": (1, 1, DAY), "dcat:distribution": (1, MANY, NODE),
    },
    "dcat:Distribution": {
        "dcat:accessURL": (1, MANY, NODE), "dcat:downloadURL": (1, MANY, NODE), "dct:title": (1, MANY, TEXT),
        "dct:format": (1, MANY, NODE), "dcat:mediaType": (1, 1, NODE), "dct:license": (0, 1, NODE),
        "dct:rights": (0, 1, NODE), "dcat:byteSize": (1, 1, TEXT), "spdx:checksum": (1, 1, NODE),
    },
    "dcat:DataService": {
        "dct:identifier": (1, MANY, TEXT), "dct:title": (1, MANY, TEXT), "dct:description": (1, MANY, TEXT),
        "dcat:endpointURL": (1, 1, NODE), "dcat:endpointDescription": (1, MANY, NODE), "dct:publisher": (1, 1, NODE),
        "dcat:contactPoint": (1, MANY, NODE), "dct:accessRights": (1, 1, NODE), "dct:format": (1, MANY, NODE),
        "dcat:servesDataset": (1, MANY, NODE), "dcat:theme": (1, MANY, NODE),
    },
    "foaf:Agent": {"foaf:name": (1, MANY, TEXT)},
    "vcard:Organization": {"vcard:fn": (1, MANY, TEXT), "vcard:hasURL": (1, MANY, NODE)},
}  # fmt: skip
"""Our own list after the drafts of rules for version 3 (2025-01-30) and 2 (2021-09-02): least, most, and what it is.

What the profile recommends and we always have is demanded here too.
"""


def kind(value: object) -> str:
    if not isinstance(value, dict) or "@value" in value:
        return DAY if isinstance(value, dict) and value.get("@type") == "xsd:date" else TEXT
    return NODE


def catalogue(cc_by: bool = True, publishers: tuple[str, ...] = ("IMDi",)) -> Catalogue:
    home = "https://bosett.example"
    dumps = tuple(Dump(kind, f"{home}/data/settlement.{kind}", 10, "ab" * 32) for kind in ("parquet", "csv"))
    one = DataSet(
        "settlement",
        WORDS,
        WORDS,
        publishers,
        cc_by,
        "cite IMDi",
        1995,
        2026,
        date(2026, 3, 16),
        (WORDS,),
        dumps,
    )
    return Catalogue(home, WORDS, WORDS, "Bosett", date(2026, 3, 16), (one,))


@pytest.mark.parametrize("it", [catalogue(), catalogue(cc_by=False), catalogue(publishers=("IMDi", "SSB"))])
def test_every_node_keeps_the_rules_of_the_profile(it):
    for node in nodes(it):
        rules = RULES[node["@type"]]
        assert set(node) - {"@id", "@type"} <= set(rules), node["@id"]
        for key, (least, most, wanted) in rules.items():
            told = node.get(key, [])
            values = told if isinstance(told, list) else [told]
            assert least <= len(values) <= most, (node["@id"], key)
            assert {kind(one) for one in values} <= {wanted}, (node["@id"], key)
    assert {node["@type"] for node in nodes(it)} == set(RULES)


@pytest.mark.parametrize("it", [catalogue(), catalogue(publishers=("IMDi", "SSB"))])
def test_a_language_is_told_once_in_each_title_and_description(it):
    for node in nodes(it):
        for key in {"dct:title", "dct:description"} & set(node):
            languages = [one["@language"] for one in node[key]]
            assert len(languages) == len(set(languages))


def test_one_creator_is_named_as_an_agent_and_several_in_a_statement():
    def data_set(it):
        return next(node for node in nodes(it) if node["@type"] == "dcat:Dataset")

    assert data_set(catalogue())["dct:creator"] == {"@type": "foaf:Agent", "foaf:name": "IMDi"}
    several = data_set(catalogue(publishers=("IMDi", "SSB")))
    assert "dct:creator" not in several
    assert several["dct:provenance"]["rdfs:label"] == "IMDi; SSB"


def test_the_catalogue_and_the_description_of_the_calls_have_addresses_that_do_not_change():
    service = next(node for node in nodes(catalogue()) if node["@type"] == "dcat:DataService")
    assert nodes(catalogue())[0]["@id"] == "https://bosett.example/data/catalog"
    assert service["dcat:endpointDescription"] == {"@id": "https://bosett.example/api/v1/openapi.json"}
    assert service["dcat:endpointURL"] == {"@id": "https://bosett.example/api/v1/figures/"}


def test_every_reference_inside_the_catalogue_leads_to_a_node():
    known = {node["@id"] for node in nodes(catalogue())}
    told = str(nodes(catalogue()))
    inside = set(re.findall(r"https://bosett\.example/data/catalog[#\w]*", told))
    assert inside <= known


def test_titles_stand_in_three_languages():
    title = next(node for node in nodes(catalogue()) if node["@type"] == "dcat:Dataset")["dct:title"]
    assert {one["@language"] for one in title} == {"nb", "nn", "en"}


def test_a_licence_is_named_only_where_the_source_states_one():
    def files(cc_by: bool) -> list[dict[str, object]]:
        return [node for node in nodes(catalogue(cc_by)) if node["@type"] == "dcat:Distribution"]

    assert all("dct:license" in one and "dct:rights" not in one for one in files(True))
    assert all(
        "dct:license" not in one and one["dct:rights"]["rdfs:label"] == "cite IMDi" for one in files(False)
    )


def test_the_digest_stands_at_its_file():
    files = [node for node in nodes(catalogue()) if node["@type"] == "dcat:Distribution"]
    assert {one["spdx:checksum"]["spdx:checksumValue"]["@value"] for one in files} == {"ab" * 32}


def test_turtle_holds_every_node_escapes_quotes_and_closes_every_statement():
    text = turtle(catalogue())
    for node in nodes(catalogue()):
        assert f"<{node['@id']}> a {node['@type']} ;" in text
    assert '"Asked \\"and\\" voted"@en' in text
    assert text.count("[") == text.count("]")
    blocks = text.strip().split("\n\n")[1:]
    assert len(blocks) == len(nodes(catalogue()))
    assert all(block.endswith(" .") for block in blocks)


def test_json_ld_names_every_prefix_it_uses():
    told = json_ld(catalogue())
    used = {key.split(":")[0] for node in told["@graph"] for key in node if ":" in key}
    assert used <= set(told["@context"])
