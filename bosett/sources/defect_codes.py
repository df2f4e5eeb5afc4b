"""What each code of a defect means, as a sentence in three languages."""

from __future__ import annotations

from bosett.terms.label import Label

DEFECT_CODES: dict[str, Label] = {
    "unreadable": Label(
        "The file cannot be read as this kind.",
        "Filen kan ikke leses som denne typen.",
        "Fila kan ikkje lesast som denne typen.",
    ),
    "cell_wrong": Label(
        "A cell holds something that is not allowed there.",
        "En celle inneholder noe som ikke er tillatt der.",
        "Ei celle inneheld noko som ikkje er tillate der.",
    ),
    "cells_missing": Label(
        "A row has another number of cells than the header.",
        "En rad har et annet antall celler enn overskriften.",
        "Ei rad har eit anna tal celler enn overskrifta.",
    ),
    "column_unknown": Label(
        "A column heading is not known.",
        "En kolonneoverskrift er ukjent.",
        "Ei kolonneoverskrift er ukjend.",
    ),
    "column_twice": Label(
        "Two columns mean the same.", "To kolonner betyr det samme.", "To kolonnar tyder det same."
    ),
    "row_twice": Label("The same row stands twice.", "Samme rad står to ganger.", "Same rad står to gonger."),
    "no_rows": Label("The file has no rows.", "Filen har ingen rader.", "Fila har ingen rader."),
    "person_twice": Label(
        "The same person stands in two rows.",
        "Samme person står i to rader.",
        "Same person står i to rader.",
    ),
    "several_sources": Label(
        "The file mixes sources, licences or days.",
        "Filen blander kilder, lisenser eller dager.",
        "Fila blandar kjelder, lisensar eller dagar.",
    ),
    "source_missing": Label("No source is named.", "Ingen kilde er oppgitt.", "Inga kjelde er oppgitt."),
    "day_to_come": Label(
        "A day lies in the future.", "En dato ligger fram i tid.", "Ein dato ligg fram i tid."
    ),
    "formula_text": Label(
        "A text that a spreadsheet would run as a formula.",
        "En tekst som et regneark ville kjørt som formel.",
        "Ein tekst som eit rekneark ville køyrt som formel.",
    ),
    "formula_in_cell": Label(
        "A cell holds a formula; its stored result is read.",
        "En celle inneholder en formel; det lagrede resultatet er lest.",
        "Ei celle inneheld ein formel; det lagra resultatet er lese.",
    ),
    "formula_not_computed": Label(
        "A formula has no stored result.",
        "En formel mangler lagret resultat.",
        "Ein formel manglar lagra resultat.",
    ),
    "encoding_other": Label(
        "The file was saved with other characters than the source uses.",
        "Filen er lagret med et annet tegnsett enn kilden bruker.",
        "Fila er lagra med eit anna teiknsett enn kjelda brukar.",
    ),
    "county_unknown": Label(
        "No county stands above the table.",
        "Det står ikke noe fylke over tabellen.",
        "Det står ikkje noko fylke over tabellen.",
    ),
    "name_unknown": Label("Nobody has this name.", "Ingen har dette navnet.", "Ingen har dette namnet."),
    "name_differs": Label(
        "The name differs from the registry's.",
        "Navnet er et annet enn i registeret.",
        "Namnet er eit anna enn i registeret.",
    ),
    "code_unknown": Label(
        "The code belongs to no place that is stored.",
        "Koden tilhører ikke noe sted som er lagret.",
        "Koden høyrer ikkje til nokon stad som er lagra.",
    ),
    "code_ended": Label(
        "The code had ended before the year of the row.",
        "Koden var utgått før radens år.",
        "Koden var utgått før året til rada.",
    ),
    "code_split": Label(
        "The municipality had been split before the year of the row.",
        "Kommunen var delt før radens år.",
        "Kommunen var delt før året til rada.",
    ),
    "code_missing": Label("A unit has no row.", "En enhet mangler rad.", "Ei eining manglar rad."),
    "place_not_stated": Label(
        "Persons are counted without a municipality.",
        "Personer er talt uten kommune.",
        "Personar er talde utan kommune.",
    ),
    "change_unknown": Label(
        "The registry does not have this change.",
        "Registeret har ikke denne endringen.",
        "Registeret har ikkje denne endringa.",
    ),
    "decision_differs": Label(
        "The language decision differs from the registry's.",
        "Målvedtaket er et annet enn i registeret.",
        "Målvedtaket er eit anna enn i registeret.",
    ),
    "headings_swapped": Label(
        "Two headings are exchanged; the columns are put right by the county table.",
        "To overskrifter er byttet om; kolonnene er rettet etter fylkestabellen.",
        "To overskrifter er bytte om; kolonnane er retta etter fylkestabellen.",
    ),
    "sum_differs_from_county": Label(
        "The municipalities do not add up to their county.",
        "Kommunene summerer ikke til fylket.",
        "Kommunane summerer ikkje til fylket.",
    ),
    "sum_differs": Label(
        "The parts do not add up to the stated sum.",
        "Delene summerer ikke til oppgitt sum.",
        "Delane summerer ikkje til oppgitt sum.",
    ),
    "headline_differs": Label(
        "The headline says another number than its table.",
        "Overskriften sier et annet tall enn tabellen.",
        "Overskrifta seier eit anna tal enn tabellen.",
    ),
    "sources_differ": Label(
        "Two sources give different numbers for the same.",
        "To kilder gir ulike tall for det samme.",
        "To kjelder gir ulike tal for det same.",
    ),
    "hidden_hold_more": Label(
        "The hidden cells hold more than small numbers, if the headline is right.",
        "De skjulte cellene rommer mer enn små tall, om overskriften stemmer.",
        "Dei skjulte cellene rommar meir enn små tal, om overskrifta stemmer.",
    ),
    "versions_differ": Label(
        "The source has revised an earlier month.",
        "Kilden har rettet en tidligere måned.",
        "Kjelda har retta ein tidlegare månad.",
    ),
    "stated_as_zero": Label(
        "The source writes 0 where the place did not exist.",
        "Kilden skriver 0 der stedet ikke fantes.",
        "Kjelda skriv 0 der staden ikkje fanst.",
    ),
    "stated_twice": Label(
        "The source gives one place's number for another place too.",
        "Kilden oppgir ett steds tall også for et annet sted.",
        "Kjelda gir opp talet for ein stad også for ein annan stad.",
    ),
    "geometry_wrong": Label(
        "A boundary has no closed ring.",
        "En grense mangler lukket ring.",
        "Ei grense manglar lukka ring.",
    ),
    "outside_norway": Label(
        "Coordinates lie outside Norway.",
        "Koordinater ligger utenfor Norge.",
        "Koordinatar ligg utanfor Noreg.",
    ),
    "point_outside": Label(
        "The municipality's known point lies outside its boundary.",
        "Kommunens kjente punkt ligger utenfor grensen.",
        "Det kjende punktet til kommunen ligg utanfor grensa.",
    ),
}
"""Every code that a `Defect` may have."""
