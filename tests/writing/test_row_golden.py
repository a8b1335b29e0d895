"""The same prediction in every language, written out: to be read by eye."""

from __future__ import annotations

import pytest
from test_row_words import facts_about

from pellucid.writing.row_languages.choosing import LANGUAGES
from pellucid.writing.row_words import row_claims

GOLDEN = {
    "en": (
        "Row 1,234: the model gives Income >50K a probability of about 79%, starting from "
        "about 27% for an average row.",
        "It is raised most by the words of review, work “Private” and date 3 May 2021.",
        "It is lowered most by u 0.9 together with v 0.1, age 30.5 and date (month) May.",
        "If work were “State” rather than “Private” and all else the same, the model would "
        "predict “<=50K” (probability about 66%).",
        "The table says “>50K”, as predicted.",
    ),
    "zh": (
        "第 1,234 行：模型预测 Income >50K 的概率为约 79%，平均行的起点为约 27%。",
        "使预测升高的主要是 review 中的词语、work “Private”和 date 2021 年 5 月 3 日。",
        "使预测降低的主要是 u 0.9 与 v 0.1 的组合、age 30.5 和 date（月份）五月。",
        "若 work 为 “State” 而不是 “Private”，其余不变，模型会预测 “<=50K”（概率：约 66%）。",
        "表中的值是 “>50K”，与预测一致。",
    ),
    "de": (
        "Zeile 1.234: Das Modell gibt für Income >50K eine Wahrscheinlichkeit von etwa "
        "79\u00a0% an, ausgehend von etwa 27\u00a0% bei einer durchschnittlichen Zeile.",
        "Nach oben verschiebt sich die Vorhersage vor allem durch die Wörter von review, "
        "work „Private“ und date 3. Mai 2021.",
        "Nach unten verschiebt sich die Vorhersage vor allem durch u 0,9 zusammen mit v 0,1, "
        "age 30,5 und date (Monat) Mai.",
        "Wäre work „State“ statt „Private“ und alles andere gleich, würde das Modell „<=50K“ "
        "vorhersagen (Wahrscheinlichkeit: etwa 66\u00a0%).",
        "In der Tabelle steht „>50K“, wie vorhergesagt.",
    ),
    "es": (
        "Fila 1234: el modelo da a Income >50K una probabilidad de alrededor del 79\u00a0%, "
        "partiendo de alrededor del 27\u00a0% para una fila media.",
        "La predicción sube sobre todo por las palabras de review, work «Private», así como "
        "date 3 de mayo de 2021.",
        "La predicción baja sobre todo por u 0,9 junto con v 0,1, age 30,5, así como date "
        "(mes) mayo.",
        "Si work fuera «State» en lugar de «Private» y todo lo demás igual, el modelo "
        "predeciría «<=50K» (probabilidad: alrededor del 66\u00a0%).",
        "La tabla dice «>50K», como se predijo.",
    ),
    "fr": (
        "Ligne 1\u202f234\u00a0: le modèle donne à Income >50K une probabilité d’environ "
        "79\u00a0%, en partant d’environ 27\u00a0% pour une ligne moyenne.",
        "La prédiction est relevée surtout par les mots de review, work "
        "«\u00a0Private\u00a0» et date 3 mai 2021.",
        "La prédiction est abaissée surtout par u 0,9 avec v 0,1, age 30,5 et date (mois) mai.",
        "Si work valait «\u00a0State\u00a0» au lieu de «\u00a0Private\u00a0», toutes choses "
        "égales par ailleurs, le modèle prédirait «\u00a0<=50K\u00a0» (probabilité\u00a0: "
        "environ 66\u00a0%).",
        "Le tableau indique «\u00a0>50K\u00a0», comme prédit.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_layperson_reads_this(language: str) -> None:
    told = [claim.text for claim in row_claims(facts_about(), "layperson", language)]
    assert tuple(told[:-1]) == GOLDEN[language]
    assert told[-1] == LANGUAGES[language].CAUTION
