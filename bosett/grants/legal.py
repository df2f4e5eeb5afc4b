"""Legal references, as each line names them; `rulebook` says what each rule means."""

from __future__ import annotations

INTEGRATION = "Regulation on integreringstilskudd 2018 (19 Dec 2017); IMDi, integreringstilskot (8 Mar 2024)"
ELDER = "IMDi circular 01/13 point 7"
KINDERGARTEN = "IMDi circular 01/13 point 6"
MINORS = "IMDi, tilskudd for enslige mindreårige (2021); payments of 2022 and 2023 in whole twelfths"
MINORS_2016 = "IMDi, tilskudd for enslige mindreårige 2016"
NORWEGIAN = (
    "IMDi, tilskot til opplæring i norsk og samfunnskunnskap (23 Apr 2024); integreringsloven section 27"
)
NORWEGIAN_COLLECTIVE = (
    "IMDi, tilskot til opplæring i norsk for personar med kollektiv beskyttelse (12 Sep 2022); "
    "integreringsloven section 37 d; integreringsforskriften section 43 g"
)
SPECIAL = (
    "IMDi circular 05/2023; IMDi, tilskudd ved bosetting av personer med nedsatt funksjonsevne (4 Mar 2024)"
)
HOST = "UDI RS 2011-025"
AMOT = "UDI RS 2013-013V"
MAMOT = "UDI 2022-003, instruction GI-04/2022"
EXTRA_2016 = "Fylkesmannen i Rogaland, extra grant for settling above the request of 2015"
EXTRA_2023 = "Revised national budget 2023, extra grant for settling above the original request"
UNUSED = "IMDi, kompensasjonsordning for ubenyttede vedtaksplasser i kommunene (2022)"
MAPPING = "IMDi, grants paid per municipality 2022 and 2023 (the rule itself was not read)"
