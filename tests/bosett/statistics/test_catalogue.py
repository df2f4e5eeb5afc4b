"""The catalogue: what DCAT-AP-NO demands is there, and Turtle says the same as JSON-LD."""

from __future__ import annotations

import re
from datetime import date

from bosett.statistics.catalogue import Catalogue, DataSet, Dump, json_ld, nodes, turtle
from bosett.terms.label import Label

WORDS = Label('Asked "and" voted', "Anmodet og vedtatt", "Oppmoda og vedteke")
MANDATORY = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:dataset"},
    "dcat:Dataset": {
        "dct:identifier",
        "dct:title",
        "dct:description",
        "dct:publisher",
        "dcat:theme",
        "dcat:contactPoint",
        "dct:accessRights",
    },
    "dcat:Distribution": {"dcat:accessURL", "dct:format"},
    "dcat:DataService": {"dct:title", "dcat:endpointURL", "dct:publisher", "dcat:contactPoint"},
}


def catalogue(cc_by: bool = True) -> Catalogue:
    home = "https://bosett.example"
    dumps = tuple(Dump(kind, f"{home}/data/settlement.{kind}", 10, "ab" * 32) for kind in ("parquet", "csv"))
    one = DataSet(
        "settlement",
        WORDS,
        WORDS,
        ("IMDi",),
        cc_by,
        "cite IMDi",
        1995,
        2026,
        date(2026, 3, 16),
        (WORDS,),
        dumps,
    )
    return Catalogue(home, WORDS, WORDS, "Bosett", date(2026, 3, 16), (one,))


def test_every_node_has_what_the_profile_demands():
    for node in nodes(catalogue()):
        assert MANDATORY.get(node["@type"], set()) <= set(node), node["@id"]
    assert {node["@type"] for node in nodes(catalogue())} >= set(MANDATORY)


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
    assert all("dct:license" not in one and one["dct:rights"] == "cite IMDi" for one in files(False))


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
