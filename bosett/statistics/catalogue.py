"""The catalogue of open data after DCAT-AP-NO 3 as JSON-LD and Turtle: catalogue, data sets, files and the API.

Source: https://data.norge.no/specification/dcat-ap-no (Digitaliseringsdirektoratet), the properties that it names
mandatory and recommended, and its drafts of rules in SHACL for version 3 and 2 (identifiers are there because 2 demands
them); licences and frequencies from the EU vocabularies it refers to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.terms.label import Label

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
THEME = "http://publications.europa.eu/resource/authority/data-theme/SOCI"
NORWAY = "http://publications.europa.eu/resource/authority/country/NOR"
LANGUAGES = ("NOB", "NNO", "ENG")
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
MEDIA = "https://www.iana.org/assignments/media-types/"
KINDS = {
    "csv": ("CSV", "text/csv"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
    "json": ("JSON", "application/json"),
}
CC_BY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
CHECKSUM = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
Node = dict[str, object]


@dataclass(frozen=True)
class Dump:
    """One file of a data set; `kind` is csv, parquet or json, `sha256` of its bytes."""

    kind: str
    address: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class DataSet:
    """One data set.

    Parameters
    ----------
    publishers
        Those whose figures they are, in the words of their sources.
    cc_by
        Whether every source of it states CC BY 4.0; else no licence is stated, and `rights` says so.
    first_year, last_year
        The years it speaks of.
    """

    ident: str
    title: Label
    description: Label
    publishers: tuple[str, ...]
    cc_by: bool
    rights: str
    first_year: int
    last_year: int
    modified: date
    keywords: tuple[Label, ...]
    dumps: tuple[Dump, ...]


@dataclass(frozen=True)
class Catalogue:
    """The whole catalogue; `home` is the service's address without a slash at its end."""

    home: str
    title: Label
    description: Label
    publisher: str
    modified: date
    data_sets: tuple[DataSet, ...]


def nodes(it: Catalogue) -> list[Node]:
    """The graph as flat nodes, each with `@id` and `@type`; the order is fixed."""
    found = [_catalogue(it), _publisher(it), _contact(it), _service(it)]
    for one in it.data_sets:
        found.append(_data_set(it, one))
        found += [_distribution(it, one, dump) for dump in one.dumps]
    return found


def json_ld(it: Catalogue) -> dict[str, object]:
    """The catalogue as JSON-LD 1.1."""
    return {"@context": PREFIXES, "@graph": nodes(it)}


def turtle(it: Catalogue) -> str:
    """The same graph as Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for node in nodes(it):
        told = [f"    {key} {_objects(value)}" for key, value in node.items() if not key.startswith("@")]
        lines.append(f"\n<{node['@id']}> a {node['@type']} ;\n" + " ;\n".join(told) + " .")
    return "\n".join(lines) + "\n"


def _catalogue(it: Catalogue) -> Node:
    return {
        "@id": f"{it.home}/data/catalog", "@type": "dcat:Catalog", "dct:identifier": f"{it.home}/data/catalog",
        "dct:title": _texts(it.title),
        "dct:description": _texts(it.description), "dct:publisher": _at(f"{it.home}/data/catalog#publisher"),
        "dct:language": [_at(LANGUAGE + one) for one in LANGUAGES], "dct:modified": _day(it.modified),
        "dct:spatial": _at(NORWAY), "foaf:homepage": _at(f"{it.home}/statistics/data/"),
        "dcat:contactPoint": _at(f"{it.home}/data/catalog#contact"),
        "dcat:dataset": [_at(_address(it, one)) for one in it.data_sets],
        "dcat:service": _at(f"{it.home}/data/catalog#api"),
    }  # fmt: skip


def _publisher(it: Catalogue) -> Node:
    return {"@id": f"{it.home}/data/catalog#publisher", "@type": "foaf:Agent", "foaf:name": it.publisher}


def _contact(it: Catalogue) -> Node:
    return {
        "@id": f"{it.home}/data/catalog#contact", "@type": "vcard:Organization", "vcard:fn": it.publisher,
        "vcard:hasURL": _at(f"{it.home}/statistics/data/"),
    }  # fmt: skip


def _service(it: Catalogue) -> Node:
    return {
        "@id": f"{it.home}/data/catalog#api", "@type": "dcat:DataService",
        "dct:identifier": f"{it.home}/data/catalog#api", "dct:title": _texts(it.title),
        "dct:description": _texts(it.description), "dct:format": _at(FILE_TYPE + "JSON"), "dcat:theme": _at(THEME),
        "dct:publisher": _at(f"{it.home}/data/catalog#publisher"),
        "dcat:contactPoint": _at(f"{it.home}/data/catalog#contact"),
        "dcat:endpointURL": _at(f"{it.home}/api/v1/figures/"),
        "dcat:endpointDescription": _at(f"{it.home}/api/v1/openapi.json"),
        "dct:accessRights": _at(PUBLIC), "dcat:servesDataset": [_at(_address(it, one)) for one in it.data_sets],
    }  # fmt: skip


def _data_set(it: Catalogue, one: DataSet) -> Node:
    return _of_whom(one) | {
        "@id": _address(it, one), "@type": "dcat:Dataset", "dct:identifier": one.ident,
        "dct:title": _texts(one.title), "dct:description": _texts(one.description),
        "dct:publisher": _at(f"{it.home}/data/catalog#publisher"),
        "dcat:contactPoint": _at(f"{it.home}/data/catalog#contact"), "dcat:theme": _at(THEME),
        "dct:accessRights": _at(PUBLIC), "dct:spatial": _at(NORWAY), "dct:modified": _day(one.modified),
        "dct:temporal": _period(one), "dcat:keyword": [text for label in one.keywords for text in _texts(label)],
        "dcat:distribution": [_at(dump.address) for dump in one.dumps],
    }  # fmt: skip


def _of_whom(one: DataSet) -> Node:
    """Whose figures they are: one creator, of whom version 2 allows no more, or all of them in a statement."""
    if len(one.publishers) == 1:
        return {"dct:creator": {"@type": "foaf:Agent", "foaf:name": one.publishers[0]}}
    return {"dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": "; ".join(one.publishers)}}


def _distribution(it: Catalogue, one: DataSet, dump: Dump) -> Node:
    name, media = KINDS[dump.kind]
    found: Node = {
        "@id": dump.address, "@type": "dcat:Distribution", "dct:title": _texts(one.title),
        "dcat:accessURL": _at(f"{it.home}/statistics/data/"), "dcat:downloadURL": _at(dump.address),
        "dct:format": _at(FILE_TYPE + name), "dcat:mediaType": _at(MEDIA + media),
        "dcat:byteSize": {"@value": str(dump.size_bytes), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum", "spdx:algorithm": _at(CHECKSUM),
            "spdx:checksumValue": {"@value": dump.sha256, "@type": "xsd:hexBinary"},
        },
    }  # fmt: skip
    found |= {"dct:license": _at(CC_BY)} if one.cc_by else {"dct:rights": _rights(one)}
    return found


def _rights(one: DataSet) -> Node:
    return {"@type": "dct:RightsStatement", "rdfs:label": one.rights}


def _address(it: Catalogue, one: DataSet) -> str:
    return f"{it.home}/data/catalog#{one.ident}"


def _period(one: DataSet) -> Node:
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@value": f"{one.first_year}-01-01", "@type": "xsd:date"},
        "dcat:endDate": {"@value": f"{one.last_year}-12-31", "@type": "xsd:date"},
    }


def _at(address: str) -> Node:
    return {"@id": address}


def _day(day: date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _texts(label: Label) -> list[Node]:
    return [{"@value": label.in_language(code), "@language": code} for code in ("nb", "nn", "en")]


def _objects(value: object) -> str:
    """A value as Turtle writes it."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_objects(one) for one in value)
    if not isinstance(value, Mapping):
        return _quoted(str(value))
    if "@id" in value and len(value) == 1:
        return f"<{value['@id']}>"
    if "@value" in value:
        tag = f"@{value['@language']}" if "@language" in value else f"^^{value['@type']}"
        return _quoted(str(value["@value"])) + tag
    inside = [f"{key} {_objects(one)}" for key, one in value.items() if not key.startswith("@")]
    return f"[ a {value['@type']} ; {' ; '.join(inside)} ]"


def _quoted(text: str) -> str:
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{safe}"'
