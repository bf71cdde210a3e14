"""Words of titles and descriptions: several to a title, some with accents, in three languages. Meant to be searched,
not to be read."""

from typing import Final

OPENINGS: Final = (
    "Strengthening", "Building", "Support to", "Regional workshop on", "Training of trainers in", "Mapping of",
    "Second phase of", "Technical assistance for", "Partnership for", "Expert review of", "Pilot of", "Scaling up",
    "Renforcement de", "Appui à", "Évaluation de", "Fortalecimiento de", "Asistencia técnica para", "Diseño de",
)  # fmt: skip
OBJECTS: Final = (
    "border management", "judicial cooperation", "air passenger screening", "community dialogue", "youth councils",
    "prosecution services", "forensic laboratories", "customs risk analysis", "legal aid", "prison education",
    "victims' associations", "parliamentary oversight", "payment tracing", "maritime security", "data protection",
    "witness protection", "teacher networks", "media literacy", "local mediation", "emergency preparedness",
    "coopération régionale", "l’état de droit", "la société civile", "la gestion des frontières", "la prévention",
    "cooperación jurídica", "los derechos humanos", "la protección de víctimas", "jóvenes líderes", "investigación",
)  # fmt: skip
SETTINGS: Final = (
    "in coastal districts", "in the São Tomé basin", "across the Élan valley", "with women's networks",
    "for island States", "at land crossings", "in secondary schools", "in the Łódź corridor", "for first responders",
    "at Çelik port", "with national commissions", "under the joint plan", "in rural Ñandú", "for frontline officers",
    "in the Würm highlands", "through peer exchange", "in Ágora cities", "after return and reintegration",
)  # fmt: skip
SENTENCES: Final = (
    "The project trains officials and leaves materials that national institutions can go on using.",
    "It begins with a baseline study, agreed with the authorities and with civil society.",
    "Partners meet every quarter to review progress, risks and what has been spent.",
    "Les activités comprennent des ateliers, du mentorat et la remise d’équipements.",
    "Un comité de pilotage réunit les bénéficiaires et les donateurs deux fois par an.",
    "El proyecto incluye visitas de estudio y un intercambio entre pares de la región.",
    "Safeguards are assessed before each activity and reported on after it.",
    "An evaluation by somebody else closes the project and is published.",
)
PLACES: Final = (
    "Alvéria", "Borrán", "Çavara", "Dølmark", "Estrélia", "Færland", "Götania", "Hálvar", "Ínsula", "Jørvik",
    "Kőrös", "Łanka", "Mañara", "Ñuria", "Öresia", "Piñera", "Québar", "Rønne", "São Brás", "Ťarnov",
)  # fmt: skip
