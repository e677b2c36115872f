# ruff: noqa: E501
"""Further families of training phrasings on measurement, map and privacy, joined with those on use and small talk; written without sight of the families kept for evaluation."""

from simulation.dialogue.phrasings.more_social import MORE_SOCIAL
from simulation.dialogue.phrasings.more_use import MORE_USE

_P = "photo|picture|image|pic|shot|file|clip|portrait|selfie"
_MAP = "map|heat map|heatmap|overlay|colour map|color map|coloured map|coloured layer|colour overlay|heat image"

_MEASURED: dict[str, tuple[str, ...]] = {
    "m_put_through": (
        f"what (tests|checks|examinations|kinds of analysis) has (the|my|this) ({_P}) (been put|gone) through?",
        "(which|what) (tests|checks|measurements|calculations) (did you run|have you done|were carried out|did the program make|were made|have been run)?",
    ),
    "m_walk_through": (
        "(walk|take|guide) me through (what you did|the steps|the procedure|the whole analysis|your examination|what the detector did)(| please| from start to finish| one by one)",
        "(list|name|give me|write down|enumerate) (the|all the) (steps you took|measurements that were made|stages of this analysis|checks you went through|things you measured)",
        "step by step, what (happened|was done) (during|in) the (analysis|examination|check|scan)?",
    ),
    "m_looked_at": (
        f"what (exactly |precisely |actually |)(did you|did the detector|did the program|did the software) (look at|examine|inspect|measure|analyse|go through) (here|in my ({_P})|in this ({_P})|)?",
        "which (things|features|quantities|properties|aspects) (did you|could you) (measure|examine|check|look at)?",
        "what was it that (you|the machine|the software) (measured|examined|analysed|inspected)?",
    ),
    "m_fragment": (
        "(measured what|examined what|steps taken|list of steps|methods used in the check|what measurements|analysis steps|procedure|your procedure|measurement details|examination protocol)(?|?|, please)",
        "(and |)(your|the) (method of examination|measuring method|test procedure|list of checks)?",
    ),
    "m_polite_long": (
        f"(could|would) you (please tell me|be so kind as to tell me|kindly describe|please list) (what has been measured|which examinations were made|what the examination consisted of|which steps were carried out) (on|with) (my|the|this) ({_P})?",
        "(I would|I'd) (like|love) to (know|understand|hear) (what you measured|what was examined|which steps you performed|what the system has checked|how the examination was carried out)",
    ),
    "m_indirect": (
        "(I wonder|I was wondering|I'm curious|I still don't know|I'd be interested in) (what was measured|what you measured|which checks were made|what the tool examined|what went into the examination)",
        "my (colleague|boss|editor|lawyer|teacher|client) (wants to know|asks|is asking) (what was measured|which tests you did|what was examined|what steps were taken)",
    ),
    "m_slang": (
        "(what'd|what did) (you|ya|u) (do|run) (to|on) (it|the thing|my pic) (exactly|anyway|just now)?",
        "so what (stuff|things|bits) did (you|u|the thing) (scan|check|go over|measure)?",
        "what have you been (checking|measuring|doing) (all this time|in there|with my pic)?",
    ),
    "m_nonnative": (
        "what you have (measured|examined|checked|analysed|controlled)( in this picture| here|)?",
        "(please |)(explain me|say me) (what did you measure|what was measured|which steps you make|what you make for analysis)",
        "how was made the (measurement|examination|analysis|control)?",
    ),
    "m_behind_result": (
        "what (process|examination|procedure|kind of measurement|kind of check) (is|lies) behind (this|that) (report|result)?",
        "what did the (examination|analysis|inspection|check|test) (consist of|include|involve|cover|comprise)?",
        "what (is|was) (included in|part of|covered by) (the|this|your) (examination|analysis|check|test|scan)?",
    ),
    "m_after_upload": (
        f"(I uploaded|I gave you|I sent in|I loaded) (a|my|the) ({_P}), (what did you measure on it|what checks ran on it|which steps followed|what was done to examine it)?",
        f"between (opening|uploading|receiving) the ({_P}) and (giving the answer|showing the result), what (steps|stages|calculations) (were there|happened|were carried out)?",
    ),
    "m_how_examined": (
        f"how was (the|my|this) ({_P}) (examined|analysed|checked|inspected)?",
        "how did (you|the detector|the program|the assistant) (go about it|do the check|carry out the examination|conduct the analysis|make the measurement)?",
        "(in what way|by what steps|in which order) was (the check done|the analysis carried out|everything measured)?",
    ),
    "m_numbers": (
        "(which|what) (values|quantities|figures|data) (did you collect|did you record|were taken|were computed|have been obtained|does the program record)?",
        "what (kind|sort|type) of (data|measurement|reading) (is|was) (taken|used|gathered|computed) (here|in the check|from the face)?",
    ),
    "m_summary": (
        "(summarise|summarize|sum up|outline|recap|describe) (what you measured|what was examined|the steps of the check|the procedure|your measurements|the tests that were run|what the analysis included)",
        "(give me a|I need a|make a|I'd like a) (short |quick |brief |)(summary|overview|outline|list) of (the measurements|what was examined|the steps you took|the checks performed|the procedure)",
    ),
    "m_whole_or_part": (
        "did you (examine|look at|measure|check) the (whole|entire|complete) (picture|image|frame) or (only|just) the (face|head)?",
        "was (only|just) the face (measured|examined|analysed)(, or the background as well| or everything|)?",
        "did you also (check|examine|measure|analyse|look into) the (metadata|sound|background|file data|voice|exif data)?",
    ),
    "m_for_report": (
        "(for|in) my (report|notes|article|paper|file), (what should I write under method|what do I say was measured|how do I describe the examination|which checks do I list)?",
        "I (have to|need to|must) (write down|document|report|record) (what was measured|which tests were made|how it was examined|the steps of the analysis)",
    ),
}

_COLOURS: dict[str, tuple[str, ...]] = {
    "m_reading": (
        f"how (do|should|can|must) I (read|interpret|understand) (the|this|that) ({_MAP})?",
        f"how is (the|this|that) ({_MAP}) (supposed |meant |)to be (read|understood|interpreted)?",
        f"(teach me|show me|tell me|I'd like to learn) how to (read|understand|interpret) the ({_MAP})",
    ),
    "m_single_colour": (
        "what does (the |)(red|blue|green|yellow|orange|purple|violet|dark blue|bright red|light green|white|grey|black) (mean|stand for|indicate|represent|tell me|say)( here| on the map| in the overlay|)?",
        "(is (red|blue|yellow|green|orange|purple) (good or bad|a bad sign|a good sign|the bad colour)|does (red|blue|yellow|green|orange) mean (danger|trouble|something bad))?",
        "meaning of (the |)(red|blue|yellow|green|orange|purple|dark|bright) (areas|zones|parts|colour|color)?",
    ),
    "m_patches": (
        "what are (these|those|the|all these) (coloured|colored|red|bright|glowing|yellow) (patches|spots|areas|blobs|stains|zones|clouds|blotches) (on|over) (the|his|her|my) (face|picture|photo|image)( for| supposed to mean|)?",
        "why is (the face|his face|her face|my picture) (covered|painted|tinted|overlaid) (in|with) (colours|colors|red and blue|a rainbow|coloured spots)?",
    ),
    "m_legend": (
        f"(is there a|where is the|do you have a|can I get a) (legend|key|colour scale|description) for the ({_MAP}|colours|colors)?",
        f"(I miss a|I can't find the|I need a|there is no) (legend|key|colour scale|caption) for the ({_MAP}|colours|colors)",
        "(colour|color) (legend|scale|code|key|meaning|coding)?",
    ),
    "m_explain": (
        f"(<please>explain|<please>describe|clarify|help me understand|say something about) (the|this|that) ({_MAP})( to me| on the right| next to the photo| in simple words|)",
        "(<please>explain|clarify|help me understand|tell me about) (the|these|those|all the) (colours|colors|coloured areas|colour spots|shades|hues)( to me| on the face|)",
    ),
    "m_show": (
        f"what does (the|this|that) ({_MAP}) (show|show me|tell us|tell me|display|mean|say|represent|depict|visualise)?",
        f"what is the (point|use|purpose|meaning|sense) of (the|this|that) ({_MAP})?",
    ),
    "m_fragment": (
        "(the colours|the colors|heat map|heatmap|overlay|the map|coloured map|that overlay|red blue thing|the rainbow thing)(?|??| - what's that?| - meaning?|, explained?)",
        "(and |so |)(those|these|the) (colours|colors|coloured spots|colored areas)(?|, meaning?)",
    ),
    "m_stronger": (
        "does a (darker|brighter|stronger|warmer|hotter|more intense|deeper) (colour|color|shade|tone) (mean|indicate|show|imply) (something|more signs|a stronger hint|anything special)?",
        "what is the difference between (red and blue|dark and bright areas|warm and cold colours|the yellow and the red parts|light and strong colours)( on the map| in the overlay| there|)?",
    ),
    "m_nonnative": (
        "what (mean|means) (the colours|these colors|this coloured map|the red and blue|that heat map|this colour picture)?",
        "(please |)(explain me|say me|I not understand|I don't understand) the (colours|map|colour map|red zone|heat map|overlay)",
        "the (colours are|map is|heat map is|overlay is) for what?",
    ),
    "m_slang": (
        "what's (up|the deal|going on) with (the|all the) (colours|colors|rainbow colours|red stuff|blue stuff|coloured blobs|red splotches)?",
        "what's that (weird|funny|crazy|psychedelic|trippy|colourful) (filter|layer|overlay|thermal look|map|rainbow) (about|for|on top|on the face)?",
        "(looks like a thermal camera|looks like infrared|looks like a weather map), what (is it|does that mean|are the colours)?",
    ),
    "m_polite": (
        f"(could|would|can) you (please |kindly |)(explain|tell me|clarify) what the (colours|colors|coloured areas|shades) (on|in|of) the ({_MAP}) (mean|stand for|represent|are meant to show)?",
        f"(I would be grateful|I would appreciate it|I'd be happy) if you (explained|could explain|would explain) the ({_MAP})",
    ),
    "m_confused": (
        f"(I'm|I am) (confused by|puzzled by|unsure about|a bit lost with) the ({_MAP}|colours|colors|coloured spots)",
        f"I (don't|do not|can't|cannot) (get|understand|make sense of|read|interpret) (the|this|that) ({_MAP})",
        f"the ({_MAP}) (makes no sense to me|tells me nothing|is hard to read|is confusing|means nothing to me)",
    ),
    "m_context": (
        f"there is (this|some|another) ({_MAP}) (next to|beside|on top of|over) the (photo|picture|image|face), what (is it|does it tell me|is it for)?",
        "I see (red and blue|bright colours|a lot of yellow|red areas|many colours|green and red) (on|over) the (face|picture|image), what (does that|is that supposed to) mean?",
    ),
    "m_encoded": (
        f"what is (shown|drawn|plotted|marked|encoded) (on|in|by) the ({_MAP})?",
        f"what does (each colour|every pixel|a bright point|one spot|a strong colour) (on|in) the ({_MAP}) (mean|stand for|tell me|represent)?",
    ),
}

_PRIVACY: dict[str, tuple[str, ...]] = {
    "m_what_happens": (
        f"what (happens to|will happen to|becomes of|is going to happen to|happens with) (my|the|this|our) ({_P}|data|upload)( afterwards| later| once we're done| when I close this| now|)?",
        f"where (does|will) (my|the|this) ({_P}) (go|end up|land)( after this| when I upload it| once it is checked|)?",
    ),
    "m_stored": (
        "(do|will|did) you (keep|store|save|hold on to|archive|retain|collect) (my photo|my picture|the image|our pictures|people's photos|my data|the uploads|my file)( somewhere| for long| forever| on a server|)?",
        f"(is|was) (my|the|this) ({_P}) (kept|stored|saved|archived|logged|recorded)( somewhere| on some server| in a database|)?",
    ),
    "m_upload": (
        f"(does|did|will) (my|the|this) ({_P}) (leave|ever leave) (my|this|the) (computer|machine|laptop|phone|device)?",
        f"(is|was) (the|my|this) ({_P}) (sent|uploaded|transmitted|transferred|forwarded) (to the internet|to the cloud|to a server|to another company|anywhere|abroad)?",
        "(does this|does it|do you) (run|work|operate) (locally|offline|in the cloud|on my own machine|on a remote server)?",
    ),
    "m_third_party": (
        f"who (else |)(can|could|will|gets to|is able to) (see|view|access|download) (my|the|this) ({_P}|upload|data)?",
        "(do|will) you (sell|pass on|hand over|forward|give) (my|our|the) (pictures|photo|data|files|images) to (others|anyone|third parties|advertisers|the police|companies|other people)?",
    ),
    "m_delete": (
        f"(<please>delete|<please>erase|remove|wipe|forget) (my|the|this) ({_P}|data|upload) (afterwards|now|when you are done|from your system|from the server|right away)",
        f"(how|where) (can I|do I) (delete|erase|remove|get rid of) (my|the) ({_P}|data|upload)( from here| again|)?",
        f"(when|how soon) will (my|the|this) ({_P}) be (deleted|erased|removed|wiped)?",
    ),
    "m_fragment": (
        "(privacy|data protection|gdpr|data privacy|confidentiality|privacy policy|data storage|storage period|is it private|is this private|is it confidential|safe with you|stored anywhere|uploaded anywhere|who sees it)?",
        "(and |what about |)(my|our) (data|privacy|privacy rights|personal data)?",
    ),
    "m_worry": (
        f"(I'm|I am) (worried|concerned|nervous|uneasy|a bit anxious) about (my privacy|the privacy of my ({_P})|my data|leaving my ({_P}) here|uploading (private|family) (photos|pictures))",
        f"I (don't|do not) want (my|this|her|his) ({_P}) to (end up on the internet|appear online|be stored on a server|land in some database|be passed around)",
        f"this ({_P}) is (private|confidential|personal|sensitive|of a minor|of a patient|under embargo), (is it safe here|will it stay here|what do you do with it|does anyone else get it)?",
    ),
    "m_training": (
        "(do you train on|will you train on|do you learn from|are you trained with) (my|our|the users'|people's) (pictures|photos|data|uploads|images)?",
        f"will (my|the) ({_P}) be used (to train an AI|to improve the model|for anything else|for other purposes|for advertising|as training data)?",
    ),
    "m_polite": (
        f"(could|can|would) you (please |kindly |)(confirm|assure me|promise|tell me) that (my|the|this) ({_P}) (is not stored|will be deleted|stays on this computer|remains private|is not shared with anybody|won't be published)?",
        "before I (show|give) you (another|a private|the next) (picture|photo|image), (what do you do with it|is it saved|where is it stored|who has access|does it stay here)?",
    ),
    "m_nonnative": (
        "(you|do you|you will) (save|keep|store|put in internet) (my|the) (photo|picture|foto|data)( or no| or not|)?",
        "where is (going|stored|saved|put) (my|the) (photo|picture|data|foto)?",
        "(is|it is|is it) (secure|safe|sure) to (give|load|send|put) my (photo|picture|foto)( here|)?",
    ),
    "m_slang": (
        f"(you're|you are|ur) not (gonna|going to) (keep|post|leak|share|sell|save) (my|this) ({_P}), (right|are you|yeah)?",
        f"(pls|please) (don't|do not|dont) (keep|save|share|post|leak|upload|spread) (my|this) ({_P})",
        "is (somebody|the government|anyone|google|your company) (watching this|getting my photo|seeing my pictures|collecting my uploads)?",
    ),
    "m_chat": (
        "(is (this|our) (chat|conversation|talk)|are my questions) (logged|recorded|saved|stored|private|confidential)?",
        "do you (remember|keep|store|log|record) (what I ask|my questions|this conversation|what I type|my name|my visits)?",
    ),
    "m_consent": (
        "(the|this) (person|woman|man|patient|student|client) in the (photo|picture) (hasn't agreed|did not consent|knows nothing about this|is under age), (is the data kept|is it stored|does it get uploaded|what happens with the file)?",
        "(does (this|the tool|the service) comply with|is (this|the tool|the service) in line with) (the gdpr|data protection law|privacy law|hipaa|the privacy rules)?",
    ),
    "m_duration": (
        f"how long (do you|will you|does the program|does the server) (keep|store|retain|hold) (my|the|our) ({_P}|data|upload)?",
        f"(for how long|how many days|until when) is (my|the) ({_P}) (kept|stored|saved|retained|available)?",
    ),
    "m_return": (
        f"(will|can|could) (someone|anybody|the next user|other users|strangers|your makers) (see|find|open|view|steal) (my|this|the) ({_P}|upload)( later| after me|)?",
        f"(when I closed|if I close|when I close|after I leave) (the|this) (page|window|program|tab), is (my|the) ({_P}) (gone|deleted|still there|still somewhere|still saved)?",
    ),
}

MORE_OTHER: dict[str, dict[str, tuple[str, ...]]] = {
    "measured": _MEASURED,
    "map": _COLOURS,
    "privacy": _PRIVACY,
    **MORE_USE,
    **MORE_SOCIAL,
}
