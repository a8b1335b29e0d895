"""The English word list: what belongs into slots, and the plain words that say nothing alone."""

from __future__ import annotations

import re

from pellucid.writing.checking.lexicon import Lexicon, words

_REJECTED = {
    "a number": words(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
        "eighty ninety hundred hundreds thousand thousands million millions billion billions "
        "trillion dozen dozens score half halves quarter quarters third thirds fourth fourths "
        "fifth fifths tenth tenths double doubles doubled doubling triple triples tripled "
        "quadruple twice thrice once couple twofold threefold tenfold fourfold single solitary "
        "lone percent per-cent percentage-point infinity infinite nil nought naught ii iii iv vi "
        "vii viii ix xi xii xiii xiv xv xvi xx xxx xl lx xc cc"
    ),
    "a direction": words(
        "rise rises rising rose risen fall falls falling fell fallen increase increases increased "
        "increasing increasingly decrease decreases decreased decreasing grow grows grew grown "
        "growing growth shrink shrinks shrank shrunk climb climbs climbed climbing drop drops "
        "dropped dropping decline declines declined declining gain gains gained loss losses up "
        "down upward upwards downward downwards higher lower highest lowest high low raise raises "
        "raised raising lowers lowered lowering boost boosts boosted reduce reduces reduced "
        "reducing reduction diminish diminishes soar soars plunge plunges improve improves "
        "improved improvement worsen worsens worsened peak peaks peaked trough troughs positive "
        "positively negative negatively inverse inversely opposite oppositely reverse reversed "
        "jump jumps jumped level-off flat flatten flattens plateau plateaus steep steeply gradual "
        "gradually monotonic monotonically trend trends trending swing swings deteriorate "
        "deteriorates expand expands contract contracts surge surges tumble tumbles dip dips sink "
        "sinks slide slides slump ascend descend accelerate slow slows stable steady constant "
        "unchanged change changes changed changing vary varies elevated depressed"
    ),
    "an order": words(
        "first second secondly firstly thirdly third last lastly next previous previously final "
        "finally top bottom leading foremost main mainly primary primarily secondary former "
        "latter principal chief key dominant dominates dominate predominant rank ranks ranked "
        "ranking ahead behind before after then subsequently followed follows outranks leads "
        "trails"
    ),
    "a quantity": words(
        "all none every each everything everyone most mostly many few fewer fewest some several "
        "any both either much more less least majority minority nearly almost only just solely "
        "merely exclusively whole entire entirely wholly fully full complete completely largely "
        "partly partially rarely often seldom always hardly barely scarcely frequent frequently "
        "infrequent occasional occasionally usual usually typical typically common commonly "
        "uncommon rare abundant plenty numerous countless enough excess scarce sparse large "
        "larger largest small smaller smallest big bigger biggest huge tiny little great greater "
        "greatest long longer longest short shorter shortest wide wider narrow vast substantial "
        "substantially considerable considerably slight slightly moderate moderately average mean "
        "minimum maximum minimal maximal bulk lots lot alone"
    ),
    "a negation": words(
        "no not never none nor neither nothing nobody nowhere cannot without lack lacks lacking "
        "lacked fail fails failed failing absent absence except excluding exclude excludes "
        "barring minus free devoid false falsely wrong untrue incorrect deny denies denied refute "
        "refutes contradict contradicts independent independently irrelevant unrelated useless "
        "negligible immaterial unimportant insignificant instead unless otherwise despite"
    ),
    "a cause": words(
        "because cause causes caused causing causal causally drive drives driven driving driver "
        "drivers lead leads led leading due owing thanks explain explains explained explaining "
        "explanation why reason reasons therefore thus hence so since consequently consequence "
        "consequences influence influences influenced influencing affect affects affected "
        "affecting impact impacts impacted determine determines determined determining produce "
        "produces produced trigger triggers triggered responsible force forces forced induce "
        "induces enable enables prevent prevents protect protects protective generate generates "
        "bring brings govern governs shape shapes responsible make makes made making depend "
        "depends dependent helps help hurts hurt stems stem push pushes pull pulls fuel fuels "
        "spark sparks contribute contributes | leads to | results in | due to | a result of | the "
        "result of | result of | results of | result from | results from | the results of | as a "
        "result | brings about"
    ),
    "a certainty": words(
        "certain certainly clear clearly definite definitely sure surely undoubtedly doubt "
        "doubtless probable probably possible possibly perhaps may might must can could should "
        "would will shall prove proves proved proven proof guarantee guarantees guaranteed "
        "significant significantly likely unlikely obvious obviously evident evidently confirm "
        "confirms confirmed conclusive conclusively established establish inevitable inevitably "
        "always reliable reliably unreliable robust exact exactly precise precisely true truly "
        "truth fact indeed strong strongly strongest stronger weak weakly weaker weakest striking "
        "strikingly marked markedly dramatic dramatically notable notably important importantly "
        "importance crucial critical vital essential matter matters mattered relevant remarkable "
        "suggest suggests suspect seems seem apparently presumably"
    ),
    "a comparison": words(
        "better worse best worst greater exceed exceeds exceeded outperform outperforms beat "
        "beats beaten surpass surpasses same equal equally identical similar similarly alike like "
        "unlike different differently differ differs differed difference comparable comparably "
        "above below beyond over under outweigh outweighs win wins won lose loses lost match "
        "matches twice rival rivals superior inferior close closer closest far farther furthest "
        "further extra additional additionally"
    ),
}

_PATTERNS = {
    "a number": re.compile(
        r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-.*|m?(?:c[md]|d?c{0,3})"
        r"(?:x[cl]|l?x{1,3})(?:i[xv]|v?i{0,3})|.*-(?:fold|thirds?|quarters?)"
    ),
    "a negation": re.compile(r"non-.*|.*n['’]t"),
}

_PLAIN = {
    "determiner": words("the a an this that these those its their such said whose"),
    "pronoun": words("it they them itself themselves which there these those this that"),
    "be": words("is are was were be been being | it's | that's | there's | they're"),
    "have": words("has have had having"),
    "link": words(
        "show shows showed shown showing see seen find finds found observe observed observes note "
        "noted notes report reports reported reporting list lists listed describe describes "
        "described describing state states stated stand stands stood standing sit sits sat "
        "sitting amount amounts amounted represent represents represented representing constitute "
        "constitutes equals correspond corresponds corresponding read reads measure measures "
        "measured compute computed calculate calculated estimate estimated estimates concern "
        "concerns concerned concerning apply applies applied kept refer refers referring display "
        "displays displayed summarise summarised summarises summarize summarized summarizes "
        "quantify quantified express expressed expresses look looks quote quoted lie lies lay "
        "lying tell tells told say says mention mentions mentioned detect detected identify "
        "identified name named names called | can be seen | add up to | adds up to | comes to | "
        "come to | came to | works out at | work out at | put at | turns out to be | turn out to "
        "be | made up of | made of | is made of | are made of | is equal to | are equal to | "
        "equal to | stands out | stand out | stood out | comes with | come with"
    ),
    "preposition": words(
        "of in for with on at by from to as along among amongst across within into regarding "
        "between around near about during onto inside | with regard to | with respect to | in "
        "terms of | when it comes to | as regards | in the case of | according to the model | "
        "according to the data | according to the table | in relation to | as of | with reference "
        "to"
    ),
    "connective": words(
        "and or while whereas but yet although though also too moreover furthermore meanwhile "
        "plus namely that | note that | it is worth noting that | it should be noted that | in "
        "addition | as well | as well as | at the same time | in turn | along with | together "
        "with | for its part | for their part | by contrast | in contrast | on the other hand | "
        "on the one hand | as for | that is | that is to say | in other words | to be specific | "
        "for instance | for example | and also | in detail"
    ),
    "adverb": words(
        "overall here specifically now | in total | all told | taken together | in sum | in short "
        "| in summary | in brief | in figures | in numbers | in words | at hand | in question | "
        "by itself | in itself | in turn | as such | in practice | on this measure | at that "
        "point | at this point | in this respect | as it stands"
    ),
    "approximation": words("about around roughly approximately circa"),
    "reference": words(
        "than against versus vs beside alongside | compared with | compared to | in comparison "
        "with | in comparison to | by comparison with | relative to | set against | as against | "
        "as opposed to | in contrast to | in contrast with | as for | as at | as in | as among | "
        "as with | as where | as when | than for | than at | than in | than among | than with | "
        "than where | than when | measured against | when compared with | when compared to | when "
        "set against | next to | with reference group | taking as reference | the reference being "
        "| against that of | against those of | than that of | than those of | as that of | as "
        "those of | than it is for | than they are for | as it is for | as they are for"
    ),
    "basis": words(
        "| out of | based on | computed on | computed over | computed from | measured on | "
        "measured over | taken over | taken from | drawn from | estimated from | counted over | "
        "calculated over | calculated from | on the basis of | on a basis of | as measured on | "
        "as computed on | estimated on"
    ),
    "condition": words("where when whose"),
    "column": words(
        "column field variable feature attribute predictor input characteristic | data field | "
        "input column"
    ),
    "columns": words("columns fields variables features attributes predictors inputs"),
    "row": words(
        "row rows record records observation observations case cases entry entries example "
        "examples instance instances line lines item items sample samples"
    ),
    "cell": words("value values cell cells entry entries datum reading readings"),
    "table": words(
        "table tables data dataset data-set file spreadsheet sheet collection | data set | data "
        "file | data table | csv file"
    ),
    "model": words("model models | fitted model"),
    "measure": words(
        "share shares proportion proportions percentage percentages fraction fractions portion "
        "part rate rates figure figures number numbers amount count counts total totals quantity "
        "size level levels estimate interval intervals uncertainty"
    ),
    "curve": words("curve curves line"),
    "opening": words(
        "what means "
        "caution caveat warning reminder definition definitions note notes remark example limit "
        "limits limitation limitations care attention point points thing things something reader "
        "readers reading consider mind remember know known aware detail details prediction "
        "predictions contribution case question answer aside worth useful keep look now going "
        "brief say saying row rows missing gap gaps text texts group groups class classes term "
        "terms spread background context information meaning | one more fact | one fact | some "
        "facts | the facts | should be kept in mind | should be noted | must be kept in mind | "
        "before reading on | please note | note that | note also | bear this in mind | bear in "
        "mind | keep this in mind | keep in mind | to be kept in mind | is to be kept in mind | "
        "to be borne in mind | how to read | to read | what is meant | what this means | take "
        "this row as an example | take this as an example | take it as an example | this row | "
        "that row | by way of example | by way of reminder | to note | worth noting | worth "
        "knowing | it is worth noting that | it should be noted that | a word of caution | what "
        "follows | the following | in what follows | for reference | how the texts are read | how "
        "it is read | more precisely | to be precise | put plainly | in plain words | effects | "
        "contributions | by the codebook"
    ),
    "result": words(
        "result results finding findings evidence summary analysis report picture overview "
        "profile description"
    ),
}

LEXICON = Lexicon("en", _REJECTED, _PLAIN, _PATTERNS)
