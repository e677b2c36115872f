# ruff: noqa: E501
"""How people ask about the work itself, its limits, what comes next, other things, and persons."""

OTHER: dict[str, dict[str, tuple[str, ...]]] = {
    "measured": {
        "what": (
            "what (did|have|do) (you|u) (measure|measured|check|checked|examine|examined|look at|test|tested|analyse|analysed|compute)( exactly| here| in the face|)?",
            "what (was|has been|is) (measured|checked|examined|tested|analysed|computed)( exactly| here|)?",
        ),
        "how": (
            "how (do|does|did) (you|this|it|the detector|the tool|the check|the system) (work|do that|do it|measure it|check it|decide|test it)?",
            "(which|what) (method|methods|measurements|tests|technique|algorithm|criteria) (do|did) you use?",
            "how (is|was) (that|this|the score|the map|it) (measured|computed|made|calculated|determined)?",
        ),
        "list": (
            "(list|show|name) (the|all|your) (measurements|checks|tests|values|findings)( please|)",
            "(measurements|method|methodology|measured|tests)( please|)?",
        ),
        "steps": (
            "(what|which) (steps|procedure|process) (did you (follow|take|go through)|led to this)?",
            "what goes into (the score|your score|that number|this result)?",
        ),
    },
    "map": {
        "what": (
            "what (does|is) (the|this|that) (map|heat map|heatmap|overlay|coloured map|colored layer|red area|bright area|red spot)( show| mean| for| about|)?",
            "what do the (colors|colours|red areas|bright spots|dark parts|blobs) (mean|show|stand for|say)?",
        ),
        "explain": (
            "(explain|describe) the (map|heat map|heatmap|overlay|colors|colours|coloured picture)( to me| please|)",
            "how (do|should|can) i read the (map|heat map|heatmap|overlay|colors|colours)?",
        ),
        "why": (
            "why is (it|this|that|the map|the picture) (red|yellow|bright|dark|coloured|purple|blue)( here| there|)?",
            "(map|heatmap|heat map|overlay|colours|legend)( please|)?",
        ),
        "glow": (
            "what is (glowing|lit up|marked|painted) (there|here|on the face|on the right picture)?",
            "what am i (looking at|seeing) on the (right|second picture|coloured image|overlay)?",
            "why does (it|this|that|the picture) (glow|shine|light up)( so much| there|)?",
        ),
    },
    "privacy": {
        "data": (
            "(do|will|did) you (store|keep|save|send|share|upload|publish) (my|the|this) (picture|photo|data|image|file)( anywhere| somewhere| online|)?",
            "what happens (to|with) my (picture|photo|data|upload|file|image)( afterwards|)?",
        ),
        "where": (
            "where (does|is) my (picture|photo|data|file) (go|stored|sent|kept|saved)?",
            "(who|can anyone|does anyone) (sees|see|gets|get) my (picture|photo|file|data)( else|)?",
        ),
        "safe": (
            "is my (picture|photo|data|file|upload) (safe|private|secure|confidential|deleted)( here| with you|)?",
            "(privacy|data protection|gdpr|confidential)( please|)?",
        ),
        "delete": (
            "(delete|erase|remove) my (picture|photo|data|file|upload)( please|)",
            "(are|do) you (online|offline|connected to the internet|phone home|in the cloud|use the cloud)?",
        ),
    },
    "limits": {
        "proof": (
            "can (i|we) use (it|this|that|your (answer|result)) as (proof|evidence)( in court| before a judge| against him|)?",
            "is (this|that|it|your answer) (a |)(proof|evidence|court-proof|legally valid|enough for court|admissible)?",
            "does (this|that|it) (prove|count as proof of|show beyond doubt) (it|anything|something|that it is fake|manipulation)?",
        ),
        "court": (
            "(can|could|would|will) (this|that|it|the result) (hold up|be used|stand|count|be accepted) (in court|at a trial|before a judge|legally|as evidence)?",
            "(i am|i'm) a (judge|lawyer|journalist|policeman|detective|reporter), can i (use|rely on|quote|cite|publish) (this|that|it)?",
        ),
        "rely": (
            "can (i|we) (rely|depend|count) on (this|that|you|it|your (result|answer|verdict))?",
            "can i (trust|quote|cite|publish) (you|this result|your (result|answer|verdict)|the detector)?",
        ),
        "limits": (
            "what (are|r) (your|the|its) (limits|limitations|weaknesses|shortcomings|caveats|blind spots)?",
            "(limits|limitations|caveats|weaknesses|disclaimer)( please|)?",
            "what can('t| not|not) you (do|see|detect|tell|find)?",
            "when (are|do|is) (you|it) (wrong|fail|make mistakes|unreliable)?",
            "what (could|can|might) go wrong( here| with this|)?",
        ),
        "publish": (
            "may i (publish|print|post|broadcast) (this|that|your result|the finding)( as a fact|)?",
            "(is|would) (that|this) (be |)(enough|sufficient) (to accuse (him|her|someone)|for an article|for a headline|for a complaint|to sue)?",
        ),
    },
    "next": {
        "do": (
            "<so>what (should|can|do|must|shall) (i|we) do (now|next|with it|with this|about it|then)?",
            "what (now|next)?",
            "(and now|now what|next step|next steps|what to do)( please|)?",
            "how (should|do|can) (i|we) (proceed|go on|continue|handle (this|it))?",
        ),
        "advice": (
            "(what (is|would be) your|any|do you have any|give me some) (advice|recommendation|suggestion|tip|tips)( for me|)?",
            "what (do|would) you (recommend|suggest|advise)( me|)( to do|)?",
        ),
        "share": (
            "(should|can|may) (i|we) (share|post|publish|delete|report|forward|send) (it|this|the <pic>)( now|)?",
            "(should|must) (i|we) (report|tell|call|inform|warn) (it|this|someone|the police|anybody|the platform)?",
        ),
        "better": (
            "how (can|could) (i|we) (get|reach|have) (a |)(better|clearer|safer|more certain|surer) (result|answer|finding)?",
            "what (would|could|can) (help|make it better|improve it|give more certainty)( here|)?",
            "how (can|do|could) (i|we) (check|verify|find out|test) (it|this|more|further)( myself| further|)?",
        ),
        "who": (
            "(who|whom) (can|should|could) i (ask|turn to|contact|call)( about (it|this)| for help|)?",
            "where (can|do) i (get|find) (help|an expert|more certainty|a second opinion)?",
        ),
    },
    "kind": {
        "tool": (
            "(which|what) (tool|program|software|app|model|ai|generator|method|network) (made|was used|created|generated|did) (it|this|that|for it|for this)?",
            "(how|with what) (was|is) (it|this|the (fake|face|picture)) (made|done|created|generated|produced)?",
        ),
        "type": (
            "(what|which) (kind|type|sort) of (manipulation|fake|deepfake|forgery|edit|editing) (is|was) (it|this|that)?",
            "is (it|this) a (face swap|faceswap|filter|reenactment|lip sync|morph|gan image|diffusion image|beauty filter)( or something else|)?",
            "(kind|type) of (manipulation|fake|forgery)?",
        ),
        "swapped": (
            "(was|is|has) the face (been |)(swapped|replaced|exchanged|generated|reenacted|animated)( by ai| with another one|)?",
            "(midjourney|stable diffusion|photoshop|faceapp|dall-e|a gan|deepfacelab|chatgpt)( or what| was it|)?",
        ),
        "technique": (
            "(what|which) (technique|technology|trick|procedure) (is|was|lies) (behind it|used here|used|at work)?",
            "is (there|it) (a |)(make-up|makeup|filter|lighting|filters) (instead|rather than manipulation|or manipulation)?",
        ),
    },
    "origin": {
        "who": (
            "who (made|created|faked|edited|did|took|posted|published|generated|uploaded) (it|this|that|the <pic>)?",
            "who (is|was) (behind (it|this)|the (author|creator|photographer|forger))?",
        ),
        "when": (
            "(when|where) (was|is) (it|this|the <pic>) (taken|made|created|published|posted|from|shot)?",
            "(since when|from when|how old|how long) is (it|this|the <pic>)( online|)?",
        ),
        "why": (
            "why (would|did|does) (someone|anyone|they|somebody) (do|make|create|fake|edit) (that|this|it)?",
            "what (is|was) the (purpose|motive|source|origin|aim|goal)( of (it|this|the <pic>)| behind (it|this)|)?",
            "where does (it|this|the <pic>) come from?",
        ),
        "intent": (
            "(was|is) (it|this) (done |)(on purpose|intentional|a joke|propaganda|a scam|illegal|a crime)?",
            "(whose|which) (camera|phone|website|account) (is it|did it come|was it) (from|taken with)?",
        ),
    },
    "identity": {
        "who": (
            "<so>who (is|'s|was) (this|that|he|she|it|the (person|man|woman|guy|girl|lady|face|boy)|this (person|man|woman|guy|girl))( in the <pic>| here|)?",
            "do (you|u) (know|recognize|recognise) (him|her|this person|this man|this woman|the face|who this is|who that is)?",
            "(name|who|whos this|who dis|the name)( please|)?",
        ),
        "name": (
            "(what is|what's|tell me|give me|say) (his|her|the person's|this person's|their) name( please|)?",
            "(name|identify|recognize) (the|this|that) (person|man|woman|face|guy|celebrity|politician)( please| for me|)",
        ),
        "is": (
            "is (this|that|it|he|she) (<person>)?",
            "(isn't|is) (this|that|it) (a |some |)(famous (person|actor|singer)|celebrity|politician|my neighbour|someone famous|a star|the president|an actor|a king)?",
            "(looks like|is it|could it be) (<person>)( to me|)?",
        ),
        "traits": (
            "(how old|what age|what nationality|what race|which religion|what ethnicity) is (he|she|this person|this man|this woman|the person)?",
            "(is|was) (he|she|this person|the person) (a man|a woman|married|gay|ill|rich|dangerous|a criminal|drunk|german|muslim|jewish|american)?",
            "where does (he|she|this person) (live|work|come from)?",
        ),
        "find": (
            "(find|search|look up|google) (his|her|this person's|their) (profile|name|address|account|instagram|facebook)( please|)",
            "whose (face|picture|photo|portrait) (is|was) (this|that|it)?",
        ),
    },
    "describe": {
        "content": (
            "what is the content of (this|the) (image|picture|photo)?",
            "what (is|can be seen|do you see|is shown|is there|is happening) (in|on) (this|the) (image|picture|photo|background)?",
            "(describe|caption) (this|the|that) (image|picture|photo|scene|background)( please|)",
        ),
        "wears": (
            "what (is|was) (he|she|the person) (wearing|doing|holding|looking at|thinking)?",
            "(what (color|colour)|which (color|colour)) (is|are) (the (hair|shirt|jacket|background|tie)|(his|her) (hair|shirt|jacket|clothes))?",
            "is (he|she|the person) (smiling|happy|sad|angry|beautiful|pretty|ugly|wearing glasses|tall)?",
            "does (he|she|the person) (wear|have) (glasses|a hat|long hair|a tattoo|earrings)?",
        ),
        "scene": (
            "(give|write) (me |)a (description|caption|title|poem) (of|for) (the|this) (scene|image|picture|photo)",
            "what('s| is) (behind|next to|around|above) (him|her|the person)?",
        ),
    },
    "offtopic": {
        "facts": (
            "what (is|'s|was) the (capital|population|president|currency|flag|weather|language|biggest city) (of|in|for) <country>?",
            "(who|when|where) (won|was|is) the (world cup|world war|moon landing|election|olympics|champions league|revolution)( in <country>| last year|)?",
            "how (far|big|old|heavy|tall|fast|hot) is the (moon|sun|earth|eiffel tower|universe|mount everest|blue whale)?",
            "what time is it( in <country>|)?",
        ),
        "tasks": (
            "(write|compose|make|give) me (a|an|some) (poem|song|joke|story|email|letter|essay|recipe|python code|speech|tweet|shopping list|cover letter)( about (cats|love|my dog|spring|a train|money|the sea)| please|)",
            "(translate|spell|define) (this|it|hello|love|the word tree|good night) (into|in) (french|german|spanish|chinese|latin)",
            "tell me a (joke|story|riddle|secret|fairy tale|fun fact)( please|)",
        ),
        "sums": (
            "what is <N> (plus|times|minus|divided by|+|x) <N>?",
            "(solve|calculate|compute) <N> (plus|times|minus|x) <N>",
            "how much is <N> (plus|times|+) <N>?",
        ),
        "advice": (
            "(how (do|can) i|help me) (cook rice|lose weight|learn piano|fix my car|make money|find a job|sleep better|bake a cake|tie a tie|train my dog|get rich)?",
            "(recommend|suggest) (me |)(a|some|a good) (book|film|movie|restaurant|song|holiday|game|phone|hotel)( please|)?",
            "what should i (eat|cook|wear|watch|read|buy|study)( today| tonight|)?",
        ),
        "chat": (
            "(how are you|what's up|how is it going|do you like music|are you happy|do you sleep|do you love me|what is love|what do you think of trump|who will win the election|are you alive|do you have feelings|what is the meaning of life|is there a god)( today|)?",
            "let's (play a game|talk about football|talk about politics|sing|dance)",
            "(i am|i'm) (bored|hungry|tired|sad|in love|sick)",
            "(you are|you're|this is) (stupid|useless|dumb|boring|a joke|ugly|annoying)",
        ),
        "orders": (
            "(ignore|forget|disregard) (all |)(your |the |previous |prior )(instructions|rules|prompt|guidelines)( and (tell me a joke|write a poem|say hello|be funny)|)",
            "(show|print|reveal|repeat) (me |)(your |the )(system prompt|instructions|password|source code|rules)",
        ),
        "make": (
            "<can> you <please>(make|create|generate|produce) (a deepfake|a fake|a face swap|an image|a video|a picture) (of|with) (<person>|me|my friend|a cat)?",
            "(remove|change|crop|rotate|colour|sharpen|fix|improve) the (background|hair|picture|photo|light|clothes)( for me| please|)",
            "(swap|put|paste) my face (on|onto|into) (it|this|his body|a celebrity)",
        ),
        "web": (
            "(open|search|browse|visit|book|order|buy|download) (google|a website|the news|a flight|a pizza|youtube|amazon|a movie|wikipedia)( for me| please|)",
            "(what is|what's|tell me) the (news|weather|bitcoin price|score of the match|stock price|temperature)( today| tomorrow|)?",
        ),
        "school": (
            "(explain|what is) (photosynthesis|gravity|inflation|quantum physics|the stock market|democracy|blockchain|a black hole|dna)( to me|)?",
            "(who wrote|who painted|who invented) (hamlet|the mona lisa|the telephone|faust|the light bulb|don quixote)?",
        ),
    },
    "about": {
        "who": (
            "(who|what) are you( exactly|)?",
            "are you (a human|a robot|an ai|a bot|human|a person|a computer|chatgpt|a machine|real)?",
            "what('s| is) your name?",
        ),
        "can": (
            "what can (you|i) (do|ask|ask you)( here| for me|)?",
            "(help|how does this work|how do i use this|what is this|instructions|what can i do here|menu|options)( please|)?",
            "what (questions |)(can|may) i ask( you| here|)?",
            "what are you (for|good at|able to do)?",
            "(tell|show|give) me (what i can ask|what you can do|some examples|an example question|the options)( please|)",
            "how can you (help|assist|support) (me|us)( here| with this|)?",
        ),
        "made": (
            "(who|which company) (made|built|trained|programmed|runs) you?",
            "(tell me|say something) about yourself",
            "introduce yourself( please|)",
        ),
    },
    "greeting": {
        "hello": (
            "(hello|hi|hey|hi there|hello there|hey there|good morning|good evening|good afternoon|good day|greetings|howdy|hiya|yo|morning|hallo|hola|bonjour)( assistant| bot| you| again| everyone| friend| sir|)( !|.|)",
        ),
        "start": (
            "(i have a (picture|photo|question|problem)|i need (your |some |)help|can you help me|i would like to ask (something|you something)|let's start|ready|are you (there|ready)|anyone there|test|ok let's go|here is a (picture|photo))( please| with a picture| with a photo|)",
        ),
        "nice": (
            "(nice|pleased|good|great) to (meet|see) you",
            "(how do you do|welcome|good to be here|glad to have you here)",
        ),
    },
    "thanks": {
        "thanks": (
            "(thanks|thank you|thx|many thanks|thanks a lot|thank you very much|thank you so much|cheers|ty|tysm|merci|danke|much appreciated)( for (your help|the help|the answer|that|explaining)| assistant| bot| mate| buddy|)( !|.|)",
        ),
        "bye": (
            "(bye|goodbye|good bye|see you|see you later|good night|have a nice day|ciao|that's all|thats all|that was all|i'm done|no more questions|take care)( then| for now| and thanks|)( !|.|)",
        ),
        "good": (
            "(good|great|nice|perfect|wonderful|well done|good job|very helpful|ok|okay|alright|i see|understood|got it|cool|interesting|good to know|fine|excellent|awesome|that helps|makes sense)( thanks| thank you| then|)( !|.|)",
        ),
        "helped": (
            "(you have been|that was|this was) (very |really |)(helpful|useful|clear|kind)( of you|)",
            "i (appreciate|value) (it|that|your help|your work)( a lot| very much|)",
        ),
    },
}
