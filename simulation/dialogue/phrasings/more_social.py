# ruff: noqa: E501
"""Further families of training phrasings on descriptions, the assistant, greetings and thanks; written without sight of the families kept for evaluation."""

_P = "photo|picture|image|pic|shot|snapshot|clip|portrait|selfie|frame"

_DESCRIBE: dict[str, tuple[str, ...]] = {
    "m_what_see": (
        f"what (do|can) you see( in the ({_P})| here| there| on it|)?",
        f"what('s| is) (in|on|shown in|visible in|depicted in) (the|this|my|that) ({_P})?",
        f"what does (the|this|my) ({_P}) (show|depict|contain|portray)?",
    ),
    "m_clothes": (
        "what('s| is) (he|she|the man|the woman|the person|the girl|the boy) wearing?",
        "is (he|she|the man|the woman|the person) (wearing|dressed in) (a suit|a tie|a hat|a red dress|a uniform|sunglasses|a coat|jewellery|a scarf|a hoodie|earrings|a t-shirt|a necklace|a blazer|a mask)?",
        "(what colour|which colour|what color) is (his|her|the) (shirt|jacket|dress|tie|hat|sweater|coat|scarf)?",
    ),
    "m_hair": (
        "(what colour|what color|which colour) is (his|her) hair?",
        "does (he|she) have (long|short|curly|blond|dark|grey|red|straight|braided) hair?",
        "is (he|she) (blond|bald|a redhead|a brunette|dark-haired|clean-shaven|grey-haired)?",
        "does (he|she|the man|the woman) (have|wear) (a ponytail|a bun|a beard|a moustache|bangs|dreadlocks|glasses|a wig)?",
    ),
    "m_background": (
        "(describe|tell me about) the (background|scenery|setting|room|surroundings|place) in the (photo|picture|image)",
        f"is there (a tree|a car|a building|a window|a dog|text|a logo|a mountain|a lamp|a flag|a crowd|another person|a wall) (in|on) the ({_P})?",
        "(was|is) (it|the photo|the picture) (indoors|outdoors|inside|outside|at night|in daylight|in a studio|in an office|on a beach)?",
    ),
    "m_mood": (
        "does (he|she|the person|the man|the woman) (look|seem) (happy|sad|angry|tired|bored|nervous|relaxed|proud|friendly|serious|surprised|afraid)?",
        "what (mood|emotion|expression|feeling) does (he|she|the person|the woman) (show|have|express|convey)?",
        "(how|in what mood) is (he|she|the person|the lady)?",
        "is (he|she|the person|the man|the woman) (smiling|laughing|crying|frowning|grinning|yawning|shouting|winking)?",
    ),
    "m_fragment": (
        "(description|short description|picture description|caption|alt text|image content|scene description|clothes|outfit|background|hair colour|mood|facial expression|his outfit|her clothes|what's in it)(?|?|, please)",
        "(and |)(the |)(clothes|outfit|background|scenery|mood|hairstyle|jewellery|accessories)(?|, what do you see?)",
    ),
    "m_objects": (
        f"(list|name|count|enumerate) (all the |the |)(objects|things|items|people|animals|colours) (in|on) (the|this) ({_P})",
        f"how many (people|persons|animals|objects|women|men|children) (are|can you see) (in|on) (the|this) ({_P})?",
        "what (objects|things|items|animals|colours) (are|can you see) (in|on) (the|this) (photo|picture|image)?",
    ),
    "m_scene": (
        f"what('s| is) (going on|happening|the scene|the situation) in (the|this|that) ({_P})?",
        "what('s| is) (he|she|the man|the woman|the person) (doing|holding|looking at|eating|drinking|pointing at|reading|carrying)?",
    ),
    "m_polite": (
        f"(could|would|can) you (please |kindly |)(describe|tell me what you see in|give me a description of|summarise the content of) (this|the|my) ({_P})?",
        f"I('d| would) (like|love) (you to describe|a description of|to hear what is in|to know what is on) (the|this|my) ({_P})",
    ),
    "m_blind": (
        f"(I'm|I am) (blind|visually impaired|not wearing my glasses|unable to see the screen), (what is in the ({_P})|please describe the ({_P})|can you describe it|what does it show)?",
        f"(my screen is broken|I can't open the file|the image does not load here), (what does the ({_P}) show|what is on the ({_P})|please describe it)?",
    ),
    "m_slang": (
        "what's (he|she|the dude|the lady|the guy) got on?",
        f"what (you|u) see in (the|this|that) ({_P})?",
        "(yo |hey |)(what am I looking at|what's in that pic|what's the vibe of the photo|what's going on in this pic)?",
    ),
    "m_nonnative": (
        "what (there is|you see|is to see|one can see) (in|on) the (photo|picture|foto|image)?",
        "(please |)describe me (the|this) (photo|picture|foto|person|scene|clothes)",
        "which (colour of hair has|clothes wears|dress wears|expression has) (he|she|the person)?",
    ),
    "m_looks": (
        "(is he|is she|do you find him|do you find her) (handsome|beautiful|pretty|attractive|ugly|cute|good-looking|tall|slim|stylish|elegant)?",
        "what does (he|she|the person|the man|the woman) look like?",
        "(how would you describe|describe) (his|her) (appearance|look|style|outfit|expression|posture|make-up)",
    ),
    "m_caption": (
        f"(suggest|invent|find|think of) (a|some|a funny|a nice) (caption|title|headline|post text) for (my|this|the) ({_P})",
        f"(turn|convert) (my|this|the) ({_P}) into (text|a caption|a description|a paragraph|keywords)",
        f"(tag|label|annotate) (everything in |the contents of )(the|this) ({_P})",
    ),
}

_ABOUT: dict[str, tuple[str, ...]] = {
    "m_who": (
        "who (are|r) (you|u)( actually| exactly| anyway| again|)?",
        "(who|what) am I (talking|speaking|chatting|writing) (to|with)( here| right now|)?",
        "(and |so |)(you are|you would be|you're) (who|what) (exactly|again)?",
    ),
    "m_what": (
        "what (are you|kind of thing are you|sort of program are you|type of assistant are you|exactly are you|are you called)?",
        "(are you|am I talking to|is this) (a robot|a bot|a chatbot|a machine|an AI|a computer|a program|an algorithm)( or a person| or a human|)?",
    ),
    "m_human": (
        "(are you|am I chatting with|am I talking to) (a human|a person|a real human|a living being|somebody real|a human operator|a flesh and blood person|a real expert)?",
        "is there (a human|a person|an employee|somebody|someone) (behind|at the other end of|typing in) (this|the chat)?",
        "do you (have feelings|have a body|sleep|think|dream|eat|have a conscience|have a soul|get tired|feel pain|breathe)?",
    ),
    "m_maker": (
        "were you (made|built|developed|trained) by (google|openai|anthropic|meta|microsoft|a university|students|the police|apple|a startup)?",
    ),
    "m_name": (
        "(what's your name?|what is your name?|tell me your name|your name, please)",
        "(do you have|have you got) a name?",
        "what (should|can|may) I call you?",
    ),
    "m_can_do": (
        "what (can|could) (you|u|this assistant|this tool|this chatbot) do( for me| here|)?",
        "what (are you|is this tool|is this assistant|is this chat) (good for|capable of|able to do|for|used for|meant for)?",
        "(how|with what|in what way) can you help( me|)?",
        "what (can|may|could|should) I ask( you| here|)?",
    ),
    "m_fragment": (
        "(your name|your job|your task|your purpose|your maker|your role|your skills|your functions|human or AI|human or machine|bot or human|robot|chatbot|AI|a robot, right|are you AI)?",
        "(and |)you(?| are?|, who are you?)",
    ),
    "m_technology": (
        "(which|what) (model|language model|AI|neural network|technology|version|algorithm|engine) (are you|do you use|is behind you|are you based on|powers you)?",
        "are you (chatgpt|claude|gemini|siri|alexa|copilot|a language model|gpt|llama|mistral|a neural network|an expert system)?",
        "(how|when|where) were you (trained|built|created|programmed|born|made)?",
    ),
    "m_polite": (
        "(may|might|could) I (ask|know|enquire) (who you are|what you are|whom I am speaking to|your name|who made you|if you are a machine)?",
        "(could|would|can) you (please |kindly |)(introduce yourself|tell me who you are|tell me what you can do|explain what you are|tell me who created you)?",
    ),
    "m_slang": (
        "(yo|hey|dude|lol|ok) (who dis|who is this|who r u|what are you|are you a bot|you a bot)?",
        "(u|you) (a bot|human|a robot|for real a machine|an AI or what|real or a bot)?",
    ),
    "m_nonnative": (
        "(you are|you is|are you) (human|person|machine|computer|robot|program)(| or not| or what)?",
        "who has (made|programmed|created|constructed|build) you?",
        "what (you can|can you) (do|make)( for me|)?",
    ),
    "m_statement": (
        "(I think|I bet|it seems|I guess|I suspect|I assume) (you are|you're) (a bot|a robot|an AI|a human|a machine|just a program|a person)",
        "(I would like|I want|I'd love) to (know who you are|know more about you|get to know you|understand what you are|know who built you)",
    ),
    "m_job": (
        "what('s| is) your (job|task|purpose|role|function|mission|speciality|field|profession)?",
        "what do you do( here| all day| for a living| exactly|)?",
        "(why|what for) (do you exist|were you made|were you built|are you here)?",
    ),
    "m_personal": (
        "how old are you?",
        "where (do you live|are you located|are you based|do you come from|were you made)?",
        "(are you|do you consider yourself) (smart|intelligent|conscious|alive|male or female|a man or a woman|sentient|self-aware)?",
    ),
}

_GREETING: dict[str, tuple[str, ...]] = {
    "m_hello": (
        "(hello|hi|hey|hiya|howdy|hullo|hey there|hi there|hello there|ahoy|greetings)(!|.||, you| assistant| everyone| friend)",
        "(a big |a warm |a friendly |a cheerful |)(hello|hi)( to you| to the assistant| from me| from rainy London| from sunny Spain|)",
    ),
    "m_daytime": (
        "(a very |)good (morning|afternoon|evening|day)(!|.|| to you| sir| madam| everybody| assistant)",
        "(morning|evening|afternoon|mornin|g'day|top of the morning)(!|| all| to you| there)",
    ),
    "m_how_are": (
        "how (are|r) (you|u|ya)( today| doing| this morning| these days| tonight| feeling|)?",
        "how (is it going|are things|are things going|is everything|is life treating you|have you been|goes it)?",
    ),
    "m_hello_how": (
        "(hi|hello|hey|hey there|good morning|good evening|good day), (how are you|how is it going|how are things|nice to meet you|all well|everything ok|are you well|how's your day)?",
        "(how are you|how are things|how's it going)( today| this evening| over there|), (dear assistant|my friend|robot|buddy|old friend)?",
    ),
    "m_slang": (
        "(what's up|whats up|sup|wassup|wazzup|yo|yo yo|heya|hey hey|hiii|helloo|heyy|yoo|oi|ey up|alright mate)(?|!|| dude| bro| buddy)",
        "(what's|whats) (cooking|new|happening|good|crackin|poppin)( bro| dude| with you| my friend|)?",
    ),
    "m_foreign": (
        "(hola|bonjour|hallo|guten tag|ciao|salut|buenos dias|namaste|salaam|ola|konnichiwa|servus|moin|merhaba|privet|shalom|aloha|guten morgen|buongiorno|bonsoir|gruezi)(!|||, how are you?)",
        "(como estas|ca va|wie geht's|come stai|comment allez-vous|tudo bem|que tal|wie geht es dir|hur mar du)( today| amigo|)?",
    ),
    "m_nice_meet": (
        "(we meet again|long time no see|it's me again|I am back|I'm back|here I am again|me again|back again)(!|.|)",
    ),
    "m_anyone": (
        "(is |)(anyone|anybody|somebody|someone) (there|here|home|listening|online|awake)?",
        "(are you|you) (there|online|awake|ready|listening|available|with me)?",
        "(hello|hi|hey), (anybody home|are you there|can you hear me|is this thing on|are you awake)?",
    ),
    "m_intro_self": (
        "(hi|hello|hey|good morning|good day), (I'm|I am|my name is|this is) (Anna|Tom|Peter|Maria|Ahmed|Sophie|Liam|Yuki|Carlos|Ingrid|Fatima|Oliver|Chloe|Ravi|Elena|Jack|Mei|Paul|Nina|Omar)",
        "(Anna|Tom|Peter|Maria|Ahmed|Sophie|Liam|Carlos|Ingrid|Oliver|Elena|Jack) here, (hi|hello|good day|good evening|nice to meet you)(!|)",
    ),
    "m_polite": (
        "(I hope|hope) (you are well|you're doing fine|you're having a good day|everything is fine|all is well with you)",
    ),
    "m_begin": (
        "(hello|hi|hey|ok hi), (I have never used this before|this is my first time here|I am new here|let's begin|let's get started|I need your help|shall we start|I have a question)",
        "(let's start|shall we begin|ready to start|I'm ready|ready when you are), (hello|hi|good morning|hey)(!|)",
    ),
    "m_day_wish": (
        "(have you had a|did you have a|having a) (good|nice|pleasant) (day|morning|weekend|week|night)( so far|)?",
        "(happy new year|happy easter|merry christmas|happy friday|happy monday|happy holidays|season's greetings)(!| to you| everyone|)",
    ),
    "m_nonnative": (
        "(hello|hi|good day), how (you are|are you doing today my friend|goes|is going|it goes)?",
        "(i greet you|i say hello|i salute you|hello to you)( my friend| dear assistant|)",
    ),
    "m_double": (
        "(hallo hallo|hello you lovely machine|hi hi|hey ho|hello world|hi robot|hello computer|hello program)(!|.|)",
        "(hi|hey|hello|well hello) (hello|hi there|again|there again|once more|to you)(!|.|)",
    ),
    "m_just": (
        "(just|only) (wanted to say|saying|came to say|dropping in to say|here to say) (hi|hello|hey|good morning|good evening)",
        "say (hi|hello)( to me| to my friends| to everybody| please|)",
    ),
}

_THANKS: dict[str, tuple[str, ...]] = {
    "m_thanks": (
        "(thanks|thank you|thx|ty|tysm|thank u|many thanks|thanks a lot|thanks so much|thank you very much|thanks a bunch|thanks a million|much obliged|cheers|ta)(!|.|| again| for everything| assistant| buddy)",
        "(a thousand|a million|lots of|loads of|ten thousand|so many) (thanks|thank yous)( to you| for that|!|)",
    ),
    "m_for_help": (
        "(thanks|thank you|many thanks|I thank you|cheers) for (your help|helping me|the help|your time|the explanation|explaining that|your answers|the information|the quick reply|your patience|your effort|being so clear|the analysis)",
        "(your|that) (help|explanation|advice|reply) was (very kind|much appreciated|most welcome|a real help|wonderful)(, thanks|, thank you|)",
    ),
    "m_praise": (
        "(great|good|nice|excellent|perfect|wonderful|awesome|brilliant|fantastic|superb|amazing|splendid|lovely|cool|super|terrific|marvellous)(!|.|, thanks| job!| work!|, thank you!|, that helps)",
        "(well done|good job|nice work|good answer|clever bot|you're great|you are very helpful|you rock|impressive|bravo|good bot|hats off)(!|.|)",
    ),
    "m_bye": (
        "(bye|goodbye|bye bye|see you|see ya|farewell|so long|ciao for now|cya|later|catch you later|take care|until next time|good night|talk to you later|adios|au revoir|tschuss|cheerio)(!|.||, assistant|, thanks)",
        "(time|it is time) to say (goodbye|bye|farewell|good night)( now| my friend|)",
        "(see|talk to|speak to) you (tomorrow|soon|later|next week|on monday|another time)(!|, bye|, take care|)",
    ),
    "m_done": (
        "(that's|that is|that was) (all|everything|it|enough|all I needed|all I wanted to know|what I needed)(, thanks|, thank you|, bye| for today| for now)",
        "(no more questions|nothing else|I have no further questions|no further questions|we are done|I'm done here|I'm finished)(, thanks|, thank you| for now|, goodbye|.)",
    ),
    "m_appreciate": (
        "(much appreciated|greatly appreciated|most kind|very kind of you|that's very kind|so kind of you|how nice of you)(!|.|, thank you)",
    ),
    "m_grateful": (
        "(I'm|I am|we are) (so |very |really |deeply |)(grateful|thankful|obliged|indebted)( to you| for your help| for this|)",
    ),
    "m_slang": (
        "(thx|thanx|thnx|tnx|tq|ty|kthx|kthxbye|tyvm|thanks m8|cheers mate|nice one|sweet thanks|ok thx bye|ta mate|thanks bro|thanks dude)(!||.)",
        "(you da best|ur the best|legend|you're a star|you're a lifesaver|love you|big up|respect|props to you|good stuff|sick, thanks|dope, thanks)(!||.)",
    ),
    "m_understood": (
        "(ok|okay|I see|understood|got it|alright|right|fine|all clear|gotcha|makes sense|good to know|noted), (thanks|thank you|thx|cheers|that helps|that's helpful|I appreciate it|great|bye)",
        "(that|it) (makes sense|is clear|sounds good|is good to know|is fine), (thanks|thank you|cheers|bye|many thanks)",
    ),
    "m_foreign": (
        "(merci|danke|gracias|grazie|obrigado|arigato|spasibo|dank je|tack|tak|danke schon|merci beaucoup|muchas gracias|vielen dank|mille grazie|shukran|kiitos|efharisto)(!|.||, bye)",
        "(arrivederci|hasta la vista|auf wiedersehen|sayonara|do svidania|a bientot|tot ziens|hej da|adieu|hasta luego)(!|.|, my friend| and thanks|)",
    ),
    "m_leave": (
        "I (have to|must|need to|should|gotta) (go|leave|run|get going|log off|get back to work|catch my train|sign off)( now|)(, thanks|, bye|, thank you for the help|, see you|)",
        "(I'm|I am) (off|leaving|logging off|out of here|heading out)( now|)(, thanks|, bye|, take care|, goodbye|)",
    ),
    "m_wish": (
        "have a (nice|good|great|lovely|pleasant|wonderful) (day|evening|weekend|night|week|afternoon)(, bye|!|.| too|)",
        "(all the best|best wishes|good luck|best regards|kind regards|sincerely|warm regards|stay safe|stay well|keep well|keep up the good work)(!|.|, bye|)",
    ),
    "m_polite": (
        "(please accept my|allow me to express my) (sincere |heartfelt |warmest |)(thanks|gratitude)( for your help|)",
        "(I would|I'd) (like|love) to (thank you|say thank you|express my thanks|thank you for your support|say goodbye)",
    ),
    "m_nonnative": (
        "(thanks you|I thanks you|many thank|very thanks|thank you too much|big thanks|I say thank you|thanks for the informations|thank for help)(!|.|| my friend)",
        "(you have helped|you did help|you was helping|you help) me (much|very good|a lot), (thanks|thank you|god bless you)",
    ),
    "m_satisfied": (
        "(exactly|just) what I (needed|wanted to hear|was looking for|hoped for)(, thanks|, thank you|!|, cheers)",
    ),
}

MORE_SOCIAL: dict[str, dict[str, tuple[str, ...]]] = {
    "describe": _DESCRIBE,
    "about": _ABOUT,
    "greeting": _GREETING,
    "thanks": _THANKS,
}
