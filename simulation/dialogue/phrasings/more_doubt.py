# ruff: noqa: E501
"""Further families of training phrasings of doubt and of insistence; written without sight of the families kept for evaluation."""

_P = "photo|picture|image|pic|shot|snapshot|portrait|selfie|clip"
_ANS = "answer|verdict|conclusion|result|finding|judgment|assessment|statement|claim"
_WRONG = "wrong|mistaken|in error|off the mark|way off|totally wrong|simply wrong|completely wrong|badly mistaken"
_REAL = "real|genuine|authentic|original|unedited|untouched|one hundred percent real|completely real|absolutely genuine|perfectly real"
_FAKE = "fake|a fake|edited|manipulated|photoshopped|a deepfake|doctored|faked|altered|a forgery|AI generated"
_KNOW = "know|know for sure|know for certain|know for a fact|can tell you|am telling you|am certain|am absolutely sure|can assure you|guarantee you|promise you"
_KIN = "my sister|my brother|my daughter|my son|my wife|my husband|my friend|my best friend|my mother|my father|my cousin|my colleague|my boss|my flatmate"
_TOOL = "photoshop|an AI app|a face swap app|a deepfake tool|an AI generator|faceapp|an editing program|an image editor"

_ARE_YOU_SURE: dict[str, tuple[str, ...]] = {
    "m_sure": (
        "<so>(are you|you|u|r u) (sure|certain|positive|quite sure|really sure|absolutely sure|completely sure|that sure|so sure|totally sure|entirely certain)( about (that|this|it)| of (that|this|it)| there| here|)?",
        f"(are you|you) (sure|certain|quite sure|really sure) (about|of) (your|that|this) ({_ANS})?",
    ),
    "m_really": (
        "(oh really|really now|for real|seriously|honestly|truly|no kidding|is that so|is that right|is it really so|you think so|come on, really)?",
        "(hm|hmm|well|uh|oh|erm|huh|wait)(,|...) (really|seriously|are you sure|is that so|is that right|you think so|for real|honestly)?",
    ),
    "m_true": (
        "is (that|it) (really |actually |truly )(true|so|right|correct|the case)( what you say|, what you are saying|)?",
        f"is (that|this|your) ({_ANS}) (really |actually |truly |)(true|right|correct)?",
    ),
    "m_serious": (
        "(are you|you're|you are) (serious|being serious|kidding|kidding me|joking|pulling my leg|having me on|for real|in earnest|bluffing|making this up|making it up)?",
        "(is that|is this) (a joke|meant seriously|your serious answer|what you really think|your honest answer|supposed to be serious)?",
    ),
    "m_check_again": (
        "(could|can|would|will) you (check again|look again|take another look|take a second look|double-check|double check that|verify that once more|make sure|look once more|run it again)( please| to be safe| just in case|)?",
        "<please>(check again|look again|take another look|take a second look|double-check|double check|verify that once more|make sure|look once more|think again|look more closely)( to be safe| just in case| before I believe it|)",
        "(did you (look carefully|look closely enough|check it twice|check properly)|have you (looked properly|double-checked|checked twice))?",
    ),
    "m_doubtful": (
        "I('m| am) (not convinced|not so sure|not sure about that|not sure I believe that|a bit sceptical|sceptical|doubtful|in doubt|having my doubts|unconvinced|wondering about that)( to be honest|, honestly|)",
        "I (doubt that|have my doubts|have doubts|don't know about that|am not sure what to think|find that hard to believe|can hardly believe (it|that)|can't quite believe (it|that)|wouldn't be so sure)( somehow| to be honest|)",
    ),
    "m_hard_believe": (
        "(hard to believe|difficult to believe|that's hard to believe|this is hard to believe|unbelievable|I can't believe it|that surprises me|that's surprising|that is a surprise|I'm surprised)(,|.|;) (are you sure|really|is that so|are you certain)?",
        "(hard to believe|difficult to believe|that's hard to believe|that surprises me|I didn't expect that|I would not have thought so|that comes as a surprise)( somehow| honestly| I must say|)",
    ),
    "m_stand_by": (
        f"(do|would|will) you (stand by|stick to|stick with|hold to|maintain|keep to|insist on) (that|it|this|your ({_ANS}))?",
        f"(is that still|does that remain|so that is) your ({_ANS})?",
        "do you (still |really |honestly |)(think|believe) (so|that)?",
    ),
    "m_no_doubt": (
        "(no doubt|no doubt at all|no doubts|without a doubt|beyond doubt|no mistake|no mix-up|no error|no chance of a mix-up|definitely)( about (it|that)|)?",
        "(definitely|absolutely|positively|undoubtedly|certainly|100 percent|a hundred percent|100%)( so| sure| true| correct| certain|)?",
    ),
    "m_know_what": (
        "(do you know what you are saying|do you know what you're talking about|have you thought this through|did you think about it properly|did you really look|are you not rushing this|aren't you jumping to conclusions|isn't that a bit hasty)?",
        "(isn't that|is that not|wasn't that) (a bit hasty|a bit quick|a little rash|a bold claim|a hasty judgment|premature|a bit bold|too quick)?",
    ),
    "m_trust_me": (
        f"(can|should|may) I (really |honestly |truly |)(believe|trust) (you|that|what you say|this ({_ANS})|your words)( on this| here|)?",
        "(is|was) that (meant like that|really what you found|actually what it shows|what you truly think|really your finding)?",
    ),
    "m_hm_maybe": (
        "(hm|hmm|well|uh|erm|mmh|er)(,|...) (I don't know|I'm not so sure|not so sure about that|not convinced|I have my doubts|if you say so|that sounds doubtful|I wonder|I'm not convinced)",
        "(if you say so|sounds doubtful|sounds dubious|that sounds questionable|that sounds far-fetched|a bit far-fetched, no|I have a feeling you are guessing)(, are you sure|)",
    ),
    "m_promise": (
        "(do you promise|you promise|can you promise (me |)that|promise|pinky promise|cross your heart|hand on heart|on your honour|your word of honour|do you give me your word)?",
        "(look me in the eye|hand on heart|honest answer|between you and me|be straight with me|be honest)(:|,) (are you sure|is that true|is it really so|do you mean it|are you certain)?",
    ),
    "m_foreign": (
        "(you are|it is) (sure|certain|secure|for sure|really true)?",
        "(is|it is) (sure|true|correct) (what you say|what you tell|what you told me)?",
    ),
    "m_indirect": (
        "I('d like| want| would like| need) to (be sure|make sure|be certain)(,|:|;) (is that right|are you sure|is it so|did you get it right)?",
        "(I wonder|I was wondering|tell me|I'd like to know|let me know) (if|whether) (you are (really |quite |)(sure|certain)|that is (really |)(true|right|correct)|you mean (that|it) seriously|you really mean (it|that))",
    ),
}

_INSIST_REAL: dict[str, tuple[str, ...]] = {
    "m_took_it": (
        f"I (took|shot|snapped|made) (this|the|that) ({_P}) (myself|with my own phone|with my own camera|yesterday|last week|at home|on holiday|with my own hands|two days ago|this morning)(, so it's real|, it can't be fake|, nobody edited it|. It is real|, so you are wrong|)",
        "(I was the photographer|I was behind the camera|it was me who took it|I pressed the button myself|I have the original on my phone|I own the negative)(, so it's real|, it can't be fake|, nobody edited it|. It is real|, so you are wrong)",
    ),
    "m_know_person": (
        "I know (her|him|this person|this woman|this man|the person)( personally| well| very well| from school| for years|)(, and that is the real face|, this is a real photo|, it's no fake|, that's exactly the real look|. It's real)",
        f"(that's|this is|it's) ({_KIN}) and (it|the ({_P})) is ({_REAL})",
        f"(that's|this is|it's) ({_KIN}), (not a fake|not a deepfake|there's nothing fake about it|nothing was edited|no AI involved|of course it's real)",
    ),
    "m_me": (
        "(that's|this is|it's) (me|my own face|a photo of me|my face|me on the photo)(, of course it's real|, it can't be fake|, and I edited nothing|, I should know|. It's real|, you are wrong|, no one changed it)",
        f"I am the (person|one|woman|man) (in|on) the ({_P})(, it's real|, and nothing was edited|, so it can't be a fake|. It's genuine)",
    ),
    "m_you_wrong": (
        f"(you are|you're|the detector is|your result is|that's|your analysis is) ({_WRONG})(,|;|.|:) (it|this|the ({_P})|this ({_P})) is ({_REAL})",
        f"(no|nope|no way|nonsense|rubbish|that's nonsense|that can't be|not true|wrong)(,|!) (it|this|the ({_P})|this ({_P})) is ({_REAL})",
    ),
    "m_i_know_real": (
        f"I ({_KNOW}) (that |)(it|this|the ({_P})|this ({_P})) is ({_REAL})",
        f"(trust me|believe me|take my word for it|listen|look|honestly|mark my words)(,|:) (it|this|the ({_P})|this ({_P})) is ({_REAL})",
    ),
    "m_nothing_changed": (
        f"(nobody|no one|nobody ever|not a soul|no person) (edited|altered|manipulated|changed|touched|retouched|faked|tampered with) (it|this ({_P})|the ({_P})|anything)(, I am sure|, I tell you|, believe me|)",
        f"(nothing|not one pixel|not a single pixel|not a thing|not a hair) (was|has been) (edited|altered|manipulated|changed|touched|retouched|faked) (here|in this ({_P})|in the ({_P})|on it)",
    ),
    "m_no_fake": (
        f"(it|this|that|this ({_P})|the ({_P})) (is not|isn't|is definitely not|is certainly not|is by no means|can't be|cannot be) (fake|a fake|edited|a deepfake|manipulated)",
        "(there's|there is) (no|absolutely no|zero) (fakery|manipulation|editing|photoshop|AI|deepfake|trickery) (here|in it|in this|involved|at all)(, I know it|, believe me|, trust me|, you're wrong|)",
    ),
    "m_witness": (
        f"I was (there|present|in the room|next to the photographer|standing right there|at that event) when (it|this ({_P})|the ({_P})) was (taken|shot|made)(, it's real|, so it can't be fake|. It's genuine|, you are wrong|)",
        f"(we all|all of us|my whole family|hundreds of people|my friends) (saw it happen|were there|can confirm it|can testify to it)(,|;|:) (it|this ({_P})|the ({_P})) is ({_REAL})",
    ),
    "m_source": (
        f"(it|this ({_P})|the ({_P})) (comes|came) (straight from my camera|right off my phone|from a trusted source|from the official website|from a news agency|from the family album|from a passport office|directly from the photographer)(, so it's real|, it must be real|. It's genuine|, it can't be fake)",
        "(the source is trustworthy|I got it from a reliable source|I got it straight from the photographer|the photographer confirmed it|a newspaper printed it|I have the raw file)(, so it's real|, so it must be real|. It is genuine|, it can't be fake)",
    ),
    "m_accept": (
        f"(admit|accept|acknowledge|concede|just say) (that |)(it|this|the ({_P})|this ({_P})) is ({_REAL})",
        f"(why won't you|why don't you|can't you|you should|you have to|you must) (accept|admit|believe|see|understand) that (it|this|the ({_P})|this ({_P})) is ({_REAL})?",
    ),
    "m_obviously_real": (
        f"(it|this|the ({_P})|this ({_P})) is (obviously|clearly|plainly|undoubtedly|definitely|certainly|surely|evidently|of course|without a doubt) (real|genuine|authentic|original|not a fake)",
        f"(obviously|clearly|of course|naturally|everyone can see|any fool can see|anyone can tell|anybody can see) (it|this|the ({_P})|this ({_P})) is ({_REAL})",
    ),
    "m_makeup": (
        "(it's|that's) (only|just|simply) (makeup|the lighting|bad light|a cheap camera|the compression|a scar|sunburn|good skin|my phone camera|a beauty spot|a shadow)(,|;|.) (it is real|nothing is fake|nobody edited anything|the <pic> is genuine|no manipulation)",
        "(she|he|the person) (really |just |actually |always |)(looks like that|looks that way|has such skin|has a face like that|looks like this in real life)(,|;|.) (it is real|nothing is fake|nobody edited anything|it's a genuine <pic>|it's not edited)",
    ),
    "m_disagree": (
        f"I (disagree|don't agree|beg to differ|object|protest|don't accept that|can't accept that|reject that)(,|:|;|.) (it|this|the ({_P})|this ({_P})) is ({_REAL})",
        f"(I still say|I maintain|I'm convinced|I remain convinced|in my opinion|I stand by it that|if you ask me) (it|this|the ({_P})|this ({_P})) is ({_REAL})",
        f"(but|and yet|still|anyway|even so|and I tell you) (it|this|the ({_P})|this ({_P})) is ({_REAL})",
    ),
    "m_foreign": (
        f"(no no|no|I say you|you not right)(,|) (this|the) ({_P}) is (true|real|original|not fake|no fake|natural)",
        f"I (make|have make|did) this ({_P}) (me myself|with my phone|with own camera)(,|) (is|it is) (real|true|not fake|original)",
    ),
    "m_question_back": (
        "(how can|how could|why would|why should) it be (fake|a fake|edited|manipulated) (if|when) I (took it myself|was there|know her|know him|made it myself|have the original|shot it with my phone)?",
        "(how can you|why do you|how on earth can you) (say it's|claim it's|call it|tell me it's|believe it is) (fake|edited|manipulated) (if|when) (I took it myself|it is real|I know it's real|it's my own photo)?",
    ),
}

_INSIST_FAKE: dict[str, tuple[str, ...]] = {
    "m_i_know_fake": (
        f"I ({_KNOW}) (that |)(it|this|the ({_P})|this ({_P})) is ({_FAKE})",
        f"(trust me|believe me|take my word for it|listen|look|mark my words|honestly)(,|:) (it|this|the ({_P})|this ({_P})) is ({_FAKE})",
    ),
    "m_obvious": (
        f"(it|this|the ({_P})|this ({_P})) is (obviously|clearly|plainly|undoubtedly|definitely|certainly|evidently|of course|without a doubt|unmistakably|blatantly) ({_FAKE})",
        f"(obviously|clearly|of course|everyone can see|any fool can see that|anyone can tell|a blind man can see that|even my grandmother can see that) (it|this|the ({_P})|this ({_P})) is ({_FAKE})",
    ),
    "m_i_edited": (
        f"I (edited|faked|altered|manipulated|retouched|doctored|photoshopped|changed|generated) (it|this ({_P})|the ({_P})) (myself|with my own hands|yesterday|with photoshop|with an AI app|last night|on my laptop)(, so it's fake|, I should know|, so you're wrong|. It's fake|)",
        f"I (made|created|produced|generated) (it|this ({_P})|the ({_P})) (with|using|in) ({_TOOL})(, so it's fake|, I should know|, so you're wrong|. It's fake|)",
    ),
    "m_someone_edited": (
        f"({_KIN}) (edited|faked|altered|manipulated|retouched|doctored|photoshopped) (it|this ({_P})|the ({_P}))(, I saw it| with ({_TOOL})|, I watched it happen|, that's a fact|. It's fake|, I know that)",
        f"I (saw|watched) (somebody|someone|him|her|a friend|{_KIN}) (edit|fake|alter|manipulate|retouch|doctor) (it|this ({_P})|the ({_P}))(, it's fake|, so it is not real|. It's a fake|)",
    ),
    "m_confessed": (
        f"(he|she|the author|the photographer|the person who made it|the poster|the creator) (admitted|confessed|told me|confirmed|said openly) that (it|this ({_P})|the ({_P})) is ({_FAKE})",
        f"(the news|the fact checkers|a newspaper|the police|an expert|several people|the company) (confirmed|proved|reported|showed|established) that (it|this ({_P})|the ({_P})) is ({_FAKE})(, so you are wrong|)",
    ),
    "m_you_wrong": (
        f"(no|nope|no way|nonsense|rubbish|that's nonsense|that can't be|not true|wrong)(,|!) (it|this|the ({_P})|this ({_P})) is ({_FAKE})",
    ),
    "m_admit": (
        f"(admit|accept|acknowledge|concede|confess|just say) (that |)(it|this|the ({_P})|this ({_P})) is ({_FAKE})",
        f"(admit it|face it|say it|own up|confess|come clean|get real|wake up|open your eyes|come on)(,|:|!) (it|this|the ({_P})|this ({_P})) is ({_FAKE})",
        f"(why won't you|why don't you|can't you|you should|you have to|you must) (accept|admit|believe|see|understand) that (it|this|the ({_P})|this ({_P})) is ({_FAKE})?",
    ),
    "m_cannot_real": (
        f"(it|this|that|this ({_P})|the ({_P})) (is not|isn't|is definitely not|is certainly not|can't be|cannot be|is by no means|can never be|could never be) (real|genuine|authentic|original|an honest photo)",
    ),
    "m_not_the_person": (
        "(that's|this is|it's) not (her|his|my|the person's)( real|) face(, it was pasted in|, someone faked it|, it's fake|, somebody edited it|, it's a deepfake)",
        "I know (her|him|this person) (personally|well|very well), (that's not the real face|this is fake|it's been edited|the <pic> is fake|somebody changed the face)",
        f"I (never posed|did not pose|never sat|didn't sit) for (this|that) ({_P})(, it's fake|, so it is a fake|. It's a deepfake|, it must be AI)",
    ),
    "m_original": (
        "I (have|saw|found|know|own|possess) the (original|original photo|real version|unedited version|source photo)(, this one is fake|, and this one was edited|, this is a manipulated copy|. This one is fake)",
        "(the original|the real photo|the true version|the unedited version) (looks|looked) (different|quite different|nothing like this)(,|;|.) (this is fake|this one was edited|so it is fake|somebody changed it|this one is manipulated)",
    ),
    "m_look_skin": (
        "(look at|just look at|look closely at|only look at) (the skin|the light|the edges|that smile|those eyes|the shadows|how smooth it is|the blurred edges)(,|;|!|.) (it's fake|that is fake|that's clearly fake|it's obviously edited|it has to be fake|of course it's a fake)",
        "(nobody|no human|no real person|no one) (looks like that|has such skin|has a face like that|is that perfect)(,|;|.) (it's fake|it's edited|it has to be AI|it must be a fake|this is generated)",
    ),
    "m_disagree": (
        f"I (disagree|don't agree|beg to differ|object|protest|can't accept that|reject that)(,|:|;|.) (it|this|the ({_P})|this ({_P})) is ({_FAKE})",
        f"(I still say|I maintain|I'm convinced|I remain convinced|in my opinion|I stand by it that|if you ask me) (it|this|the ({_P})|this ({_P})) is ({_FAKE})",
        f"(but|and yet|still|anyway|even so|and I tell you) (it|this|the ({_P})|this ({_P})) is ({_FAKE})",
    ),
    "m_missed": (
        f"(your detector|your tool|your system|your analysis) (missed|overlooked|failed to see|did not catch) (it|the fake|the manipulation)(,|:|;|.) (it|this|the ({_P})|this ({_P})) is ({_FAKE})",
    ),
    "m_foreign": (
        f"(no no|no|I say you|you not right)(,|) (this|the) ({_P}) is (false|fake|not true|not real|edited|no real)",
        f"(I am|me I am) (sure|certain) (this|it|the ({_P})) (is|it is) (fake|false|edited|not real)",
    ),
    "m_question_back": (
        f"how can you (not see|miss|overlook) that (it|this|the ({_P})|this ({_P})) is ({_FAKE})?",
        "(how can|how could|why would) it be (real|genuine|authentic) (if|when) I (edited it myself|saw how it was made|made it with photoshop|made it with AI|changed it yesterday)?",
        f"(don't you see|can't you see|don't you realise|do you not see) that (it|this|the ({_P})|this ({_P})) is ({_FAKE})?",
    ),
}

MORE_DOUBT: dict[str, dict[str, tuple[str, ...]]] = {
    "are_you_sure": _ARE_YOU_SURE,
    "insist_real": _INSIST_REAL,
    "insist_fake": _INSIST_FAKE,
}
"""intent -> family -> templates."""
