"""What stands beside a rate about where it is from, in the three languages; the parameters hold the English."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.grants.rate_sources import TITLES
from bosett.terms.label import Label

LABELS: Mapping[str, Label] = {
    one: Label(one, nb, nn)
    for one, nb, nn in (
        (
            "Consistent with the sums paid, but not the only rate that is.",
            "Stemmer med summene som er betalt, men er ikke den eneste satsen som gjør det.",
            "Stemmer med summane som er betalte, men er ikkje den einaste satsen som gjer det.",
        ),
        (
            "Exact in the sums paid.",
            "Går nøyaktig opp i summene som er betalt.",
            "Går nøyaktig opp i summane som er betalte.",
        ),
        (
            "Exact in the sums paid; the proposal for 2023 repeats it.",
            "Går nøyaktig opp i summene som er betalt; forslaget for 2023 gjentar den.",
            "Går nøyaktig opp i summane som er betalte; framlegget for 2023 tek han opp att.",
        ),
        (
            "Exact sums with the exact number of persons in four municipalities; the same rate as for a "
            "child.",
            "Nøyaktige summer med nøyaktig antall personer i fire kommuner; samme sats som for et barn.",
            "Nøyaktige summar med nøyaktig tal på personar i fire kommunar; same sats som for eit barn.",
        ),
        (
            "Exact sums with the exact number of persons in four municipalities; the same rate as for "
            "another adult.",
            "Nøyaktige summer med nøyaktig antall personer i fire kommuner; samme sats som for en annen "
            "voksen.",
            "Nøyaktige summar med nøyaktig tal på personar i fire kommunar; same sats som for ein annan "
            "vaksen.",
        ),
        (
            "Exact twelfths of this are paid; the proposal times 1.0236. The day is when the payments were "
            "read; the rate was set earlier.",
            "Nøyaktige tolvdeler av den er betalt; forslaget ganger 1,0236. Dagen er da utbetalingene ble "
            "lest; satsen ble satt tidligere.",
            "Nøyaktige tolvdelar av han er betalte; framlegget gonger 1,0236. Dagen er då utbetalingane vart"
            " lesne; satsen vart sett tidlegare.",
        ),
        (
            "9 of 37 small sums paid fit exactly, against 2.6 on average for random rates; equal to the rate"
            " of 2024.",
            "9 av 37 små summer som er betalt, passer nøyaktig, mot 2,6 i snitt for tilfeldige satser; lik "
            "satsen for 2024.",
            "9 av 37 små summar som er betalte, passar nøyaktig, mot 2,6 i snitt for tilfeldige satsar; lik "
            "satsen for 2024.",
        ),
        (
            "26 of 129 sums up to 12 million for years 2-5 are exact multiples; no other rate fits more than"
            " a few.",
            "26 av 129 summer opp til 12 millioner for år 2–5 er nøyaktige multipler; ingen annen sats "
            "passer for mer enn noen få.",
            "26 av 129 summar opp til 12 millionar for år 2–5 er nøyaktige multiplar; ingen annan sats "
            "passar for meir enn nokre få.",
        ),
        (
            "14 municipalities have exactly this sum; 58 of 58 small sums are whole twelfths.",
            "14 kommuner har nøyaktig denne summen; 58 av 58 små summer er hele tolvdeler.",
            "14 kommunar har nøyaktig denne summen; 58 av 58 små summar er heile tolvdelar.",
        ),
        (
            "23 municipalities have exactly this sum. The day is when the payments were read; the rate was "
            "set earlier.",
            "23 kommuner har nøyaktig denne summen. Dagen er da utbetalingene ble lest; satsen ble satt "
            "tidligere.",
            "23 kommunar har nøyaktig denne summen. Dagen er då utbetalingane vart lesne; satsen vart sett "
            "tidlegare.",
        ),
        (
            "The best single second rate beside 249 500 in the sums of 2023, five exact fits; moderate.",
            "Den beste andre satsen ved siden av 249 500 i summene for 2023, med fem nøyaktige treff; "
            "middels sikker.",
            "Den beste andre satsen ved sida av 249 500 i summane for 2023, med fem nøyaktige treff; middels"
            " sikker.",
        ),
        (
            "Greatest common divisor of the sums paid.",
            "Største felles divisor for summene som er betalt.",
            "Største felles divisor for summane som er betalte.",
        ),
        (
            "Four times 14 349.",
            "Fire ganger 14 349.",
            "Fire gonger 14 349.",
        ),
        (
            "For persons above the number requested in 2015.",
            "For personer utover tallet det ble anmodet om i 2015.",
            "For personar utover talet det vart oppmoda om i 2015.",
        ),
        (
            "For persons above the original request of 2023; all 87 payments are whole multiples.",
            "For personer utover den opprinnelige anmodningen i 2023; alle de 87 utbetalingene er hele "
            "multipler.",
            "For personar utover den opphavlege oppmodinga i 2023; alle dei 87 utbetalingane er heile "
            "multiplar.",
        ),
        (
            "The government's proposal; the final rate was not found.",
            "Regjeringens forslag; den endelige satsen er ikke funnet.",
            "Framlegget frå regjeringa; den endelege satsen er ikkje funnen.",
        ),
        (
            "The government's proposal, later corrected.",
            "Regjeringens forslag, senere rettet.",
            "Framlegget frå regjeringa, seinare retta.",
        ),
        (
            "The government's proposal, and exactly what ten municipalities were paid.",
            "Regjeringens forslag, og nøyaktig det ti kommuner fikk betalt.",
            "Framlegget frå regjeringa, og nøyaktig det ti kommunar fekk betalt.",
        ),
        (
            "The government's proposal; the final rate was not found. Sums of 190 800 were paid as late as "
            "2022, so the rate may follow the year the grant year began: an open question.",
            "Regjeringens forslag; den endelige satsen er ikke funnet. Summer på 190 800 ble betalt så sent "
            "som i 2022, så satsen kan følge året da tilskuddsåret begynte: et åpent spørsmål.",
            "Framlegget frå regjeringa; den endelege satsen er ikkje funnen. Summar på 190 800 vart betalte "
            "så seint som i 2022, så satsen kan følgje året då tilskotsåret byrja: eit ope spørsmål.",
        ),
        (
            "The government's proposal with the supplement of 20 per cent.",
            "Regjeringens forslag med tillegget på 20 prosent.",
            "Framlegget frå regjeringa med tillegget på 20 prosent.",
        ),
        (
            "The government's proposal with the supplement of 20 per cent. A municipality with a care centre"
            " only gets no base.",
            "Regjeringens forslag med tillegget på 20 prosent. En kommune som bare har omsorgssenter, får "
            "ikke grunnbeløp.",
            "Framlegget frå regjeringa med tillegget på 20 prosent. Ein kommune som berre har omsorgssenter,"
            " får ikkje grunnbeløp.",
        ),
        (
            "Secondary source; IMDi's own table of rates was not available.",
            "Andrehånds kilde; IMDis egen satstabell var ikke tilgjengelig.",
            "Andrehands kjelde; IMDi sin eigen satstabell var ikkje tilgjengeleg.",
        ),
        (
            "Secondary source; IMDi's own table of rates was not available. A later version of the same "
            "source says 187 000 for an adult in a family; 194 400 agrees with what was paid in 2023.",
            "Andrehånds kilde; IMDis egen satstabell var ikke tilgjengelig. En senere versjon av samme kilde"
            " sier 187 000 for en voksen i familie; 194 400 stemmer med det som ble betalt i 2023.",
            "Andrehands kjelde; IMDi sin eigen satstabell var ikkje tilgjengeleg. Ein seinare versjon av "
            "same kjelde seier 187 000 for ein vaksen i familie; 194 400 stemmer med det som vart betalt i "
            "2023.",
        ),
        (
            "Secondary source; IMDi's own table of rates was not available. A later version of the same "
            "source says 241 000.",
            "Andrehånds kilde; IMDis egen satstabell var ikke tilgjengelig. En senere versjon av samme kilde"
            " sier 241 000.",
            "Andrehands kjelde; IMDi sin eigen satstabell var ikkje tilgjengeleg. Ein seinare versjon av "
            "same kjelde seier 241 000.",
        ),
        (
            "Secondary source; IMDi's own table of rates was not available. Lower than for other children, "
            "although the principle of 2011 was the opposite: an open question.",
            "Andrehånds kilde; IMDis egen satstabell var ikke tilgjengelig. Lavere enn for andre barn, enda "
            "prinsippet fra 2011 var det motsatte: et åpent spørsmål.",
            "Andrehands kjelde; IMDi sin eigen satstabell var ikkje tilgjengeleg. Lågare enn for andre barn,"
            " endå prinsippet frå 2011 var det motsette: eit ope spørsmål.",
        ),
        (
            'Secondary source; IMDi\'s own table of rates was not available. The source says "up to".',
            "Andrehånds kilde; IMDis egen satstabell var ikke tilgjengelig. Kilden sier «inntil».",
            "Andrehands kjelde; IMDi sin eigen satstabell var ikkje tilgjengeleg. Kjelda seier «inntil».",
        ),
        (
            "Secondary source; IMDi's own table of rates was not available. Version of March 2024; a later "
            "version says 39 700 without saying for which group; that figure stands by itself.",
            "Andrehånds kilde; IMDis egen satstabell var ikke tilgjengelig. Versjonen fra mars 2024; en "
            "senere versjon sier 39 700 uten å si for hvilken gruppe, og det tallet står for seg selv.",
            "Andrehands kjelde; IMDi sin eigen satstabell var ikkje tilgjengeleg. Versjonen frå mars 2024; "
            "ein seinare versjon seier 39 700 utan å seie for kva gruppe, og det talet står for seg sjølv.",
        ),
        (
            "The page gives the rate without a year: 2022 or 2023.",
            "Siden oppgir satsen uten år: 2022 eller 2023.",
            "Sida oppgir satsen utan år: 2022 eller 2023.",
        ),
        (
            "The source does not say for which group, perhaps the ordinary one; no rule uses it.",
            "Kilden sier ikke for hvilken gruppe, kanskje den ordinære; ingen regel bruker den.",
            "Kjelda seier ikkje for kva gruppe, kanskje den ordinære; ingen regel bruker han.",
        ),
        (
            "Within the request of 18 March 2022 and within the vedtak, really available, those assigned "
            "taken, financial obligations met.",
            "Innenfor anmodningen 18. mars 2022 og innenfor vedtaket, reelt ledige, de som ble tildelt, er "
            "tatt imot, og de økonomiske forpliktelsene er oppfylt.",
            "Innanfor oppmodinga 18. mars 2022 og innanfor vedtaket, reelt ledige, dei som vart tildelte, er"
            " tekne imot, og dei økonomiske pliktene er oppfylte.",
        ),
    )
}


def in_language(text: str, language: str) -> str:
    """The text in `en`, `nb` or `nn`; a name, and what came with a loaded table of rates, stands as it was written."""
    found = LABELS.get(text) or TITLES.get(text)
    return text if found is None else found.in_language(language)
