"""The words of the questionnaire: each area's name and help in English, bokmål and nynorsk."""

from __future__ import annotations

from collections.abc import Mapping

from bosett.terms.label import Label

AREA_WORDS: Mapping[str, tuple[Label, Label]] = {
    key: (Label(*name), Label(*told))
    for key, name, told in (
        (
            "refugee_office",
            ("Refugee office", "Flyktningkontor", "Flyktningkontor"),
            (
                "Wages and running costs of those who work with settlement: programme advisers, housing, management.",
                "Lønn og drift for dem som arbeider med bosetting: programrådgivere, boligarbeid, ledelse.",
                "Lønn og drift for dei som arbeider med busetjing: programrådgjevarar, bustadarbeid, leiing.",
            ),
        ),
        (
            "housing",
            (
                "Housing and housing administration",
                "Bolig og boligadministrasjon",
                "Bustad og bustadadministrasjon",
            ),
            (
                "Finding, fitting out and running homes. Take away rent and refunds that you have received.",
                "Framskaffing, etablering og drift av boliger. Trekk fra husleie og refusjoner dere har fått.",
                "Framskaffing, etablering og drift av bustader. Trekk frå husleige og refusjonar de har fått.",
            ),
        ),
        (
            "introduction_programme",
            ("Introduction programme", "Introduksjonsprogram", "Introduksjonsprogram"),
            (
                "Running the programme. Not the benefit paid to participants: it comes from the register.",
                "Drift av programmet. Ikke stønaden til deltakerne: den kommer fra registeret.",
                "Drift av programmet. Ikkje stønaden til deltakarane: den kjem frå registeret.",
            ),
        ),
        (
            "employment",
            (
                "Employment and qualification",
                "Sysselsetting og kvalifisering",
                "Sysselsetjing og kvalifisering",
            ),
            (
                "Measures for work outside the introduction programme.",
                "Tiltak for arbeid utenfor introduksjonsprogrammet.",
                "Tiltak for arbeid utanfor introduksjonsprogrammet.",
            ),
        ),
        (
            "social_advice",
            ("Social advice", "Sosial råd og veiledning", "Sosial råd og rettleiing"),
            (
                "The target group's share of the social services' staff. Not social assistance paid out.",
                "Målgruppens del av ansatte i sosialtjenesten. Ikke utbetalt sosialhjelp.",
                "Målgruppa sin del av tilsette i sosialtenesta. Ikkje utbetalt sosialhjelp.",
            ),
        ),
        (
            "child_youth",
            ("Child and youth welfare", "Barne- og ungdomsvern", "Barne- og ungdomsvern"),
            (
                "Child welfare for the target group, net of State refunds.",
                "Barnevern for målgruppen, etter statlige refusjoner.",
                "Barnevern for målgruppa, etter statlege refusjonar.",
            ),
        ),
        (
            "interpreter",
            ("Interpreter", "Tolk", "Tolk"),
            (
                "Interpreting and translation in all services, unless it is counted in another area.",
                "Tolking og oversetting i alle tjenester, hvis det ikke er med i et annet område.",
                "Tolking og omsetjing i alle tenester, om det ikkje er med i eit anna område.",
            ),
        ),
        (
            "kindergarten",
            ("Kindergarten", "Barnehage", "Barnehage"),
            (
                "Extra measures, free places and reduced payment for children of the target group.",
                "Ekstratiltak, friplasser og redusert betaling for barn i målgruppen.",
                "Ekstratiltak, friplassar og redusert betaling for barn i målgruppa.",
            ),
        ),
        (
            "school",
            ("Primary and lower secondary school", "Grunnskole", "Grunnskule"),
            (
                "Extra measures at school: special Norwegian, mother tongue, reception classes.",
                "Ekstratiltak i skolen: særskilt norsk, morsmål, mottaksklasser.",
                "Ekstratiltak i skulen: særskild norsk, morsmål, mottaksklassar.",
            ),
        ),
        (
            "school_exam",
            ("School for adults with examination", "Eksamensrettet grunnskole", "Eksamensretta grunnskule"),
            (
                "Primary and lower secondary education for young people above school age.",
                "Grunnskoleopplæring for unge over skolealder.",
                "Grunnskuleopplæring for unge over skulealder.",
            ),
        ),
        (
            "support_contact",
            (
                "Support person, activities and care at home",
                "Støttekontakt, aktivisering og pleie i hjemmet",
                "Støttekontakt, aktivisering og pleie i heimen",
            ),
            (
                "Support persons, activities and home care for the target group.",
                "Støttekontakt, aktivisering og hjemmetjenester for målgruppen.",
                "Støttekontakt, aktivisering og heimetenester for målgruppa.",
            ),
        ),
        (
            "culture",
            ("Culture and youth", "Kultur og ungdom", "Kultur og ungdom"),
            (
                "Leisure, voluntary work and youth measures for the target group.",
                "Fritid, frivillighet og ungdomstiltak for målgruppen.",
                "Fritid, frivillig arbeid og ungdomstiltak for målgruppa.",
            ),
        ),
        (
            "health",
            ("Municipal health", "Kommunehelse", "Kommunehelse"),
            (
                "Doctor, health visitor, psychologist and care above what others in the municipality use.",
                "Lege, helsesykepleier, psykolog og pleie ut over det andre i kommunen bruker.",
                "Lege, helsesjukepleiar, psykolog og pleie ut over det andre i kommunen bruker.",
            ),
        ),
        (
            "substance_use",
            ("Substance use", "Rus", "Rus"),
            (
                "Measures for persons of the target group with substance problems.",
                "Tiltak for personer i målgruppen med rusproblemer.",
                "Tiltak for personar i målgruppa med rusproblem.",
            ),
        ),
        (
            "shared_costs",
            ("Shared costs", "Felleskostnader", "Felleskostnader"),
            (
                "The target group's share of management, premises and administration not counted above.",
                "Målgruppens del av ledelse, lokaler og administrasjon som ikke er med over.",
                "Målgruppa sin del av leiing, lokale og administrasjon som ikkje er med over.",
            ),
        ),
        (
            "training",
            (
                "Norwegian and social studies: expenditure",
                "Norsk og samfunnskunnskap: utgift",
                "Norsk og samfunnskunnskap: utgift",
            ),
            (
                "All expenditure on the training in the year: wages, premises, materials, administration.",
                "All utgift til opplæringen i året: lønn, lokaler, læremidler, administrasjon.",
                "All utgift til opplæringa i året: lønn, lokale, læremiddel, administrasjon.",
            ),
        ),
        (
            "teaching_hours",
            ("Hours of teaching", "Undervisningstimer", "Undervisningstimar"),
            (
                "Hours that a class was taught, each once, however many took part.",
                "Timer en klasse fikk undervisning, hver én gang, uansett hvor mange som deltok.",
                "Timar ein klasse fekk undervisning, kvar éin gong, same kor mange som deltok.",
            ),
        ),
        (
            "participant_hours",
            ("Hours of participants", "Deltakertimer", "Deltakartimar"),
            (
                "Hours of teaching times those who took part. Divided by hours of teaching it is the class size.",
                "Undervisningstimer ganger dem som deltok. Delt på undervisningstimer blir det klassestørrelsen.",
                "Undervisningstimar gonger dei som deltok. Delt på undervisningstimar blir det klassestorleiken.",
            ),
        ),
        (
            "participants",
            ("Participants", "Deltakere", "Deltakarar"),
            (
                "Persons who took part during the year, each counted once.",
                "Personer som deltok i løpet av året, hver talt én gang.",
                "Personar som deltok i løpet av året, kvar talt éin gong.",
            ),
        ),
    )
}

KIND_WORDS: Mapping[str, Label] = {
    "ordinary": Label("Settlement and integration", "Bosetting og integrering", "Busetjing og integrering"),
    "unaccompanied_minors": Label(
        "Unaccompanied minors", "Enslige mindreårige", "Einslege mindreårige"
    ),
    "host": Label("Host municipalities", "Vertskommuner", "Vertskommunar"),
    "norwegian": Label("Norwegian training", "Norskopplæring", "Norskopplæring"),
}  # fmt: skip

WHO_WORDS: Mapping[str, Label] = {
    "ordinary": Label(
        "persons who released the integration grant in the year",
        "personer som utløste integreringstilskudd i året",
        "personar som utløyste integreringstilskot i året",
    ),
    "unaccompanied_minors": Label(
        "unaccompanied minors who released a grant in the year",
        "enslige mindreårige som utløste tilskudd i året",
        "einslege mindreårige som utløyste tilskot i året",
    ),
    "host": Label(
        "places in reception centres, average of the year",
        "plasser i mottak, gjennomsnitt for året",
        "plassar i mottak, gjennomsnitt for året",
    ),
    "norwegian": Label(
        "persons with a right or duty to training in the year",
        "personer med rett eller plikt til opplæring i året",
        "personar med rett eller plikt til opplæring i året",
    ),
}
