# ruff: noqa: E501
"""Families of training phrasings that give a general assistant something to do; written without sight of the families kept for evaluation."""

_NUM = "3|7|12|18|24|36|45|64|81|99|120|144|256|375|512|1000|2500|0.5|3.14"
_NAME = "Anna|Ben|Carla|David|Emma|Farid|Greta|Henry|Ines|Jonas|Kim|Leo|Maria|Noah|Olga|Pedro|Ravi|Sara|Tim|Yuki|Zoe"
_WHO = "my boss|my landlord|my professor|a customer|my aunt|the school|our neighbours|my insurance company|the hotel|my team|an old friend|the bank|my coach"
_THEME = (
    "autumn|a lost umbrella|two brothers|the moon|my hometown|a lonely robot|the sea|friendship|a clumsy wizard|mondays|a haunted mill"
    "|spring rain|my grandmother|a talking fox|coffee|the first snow|a stolen bicycle|time travel|a lighthouse keeper|falling in love"
)
_TOPIC = (
    "climate change|the french revolution|school uniforms|photosynthesis|renewable energy|social media|the cold war|animal testing|globalisation"
    "|shakespeare|the water cycle|slavery|homework|immigration|volcanoes|the roman empire|fast fashion|gender equality|the industrial revolution"
)
_LANG = "french|german|spanish|italian|japanese|turkish|polish|arabic|latin|russian|korean|portuguese|dutch|swedish|hindi|greek|mandarin"
_CODE = "python|java|javascript|c++|rust|go|php|typescript|swift|bash|kotlin|ruby|matlab|r|c#"
_HOUR = "6|6.30|seven|half past eight|9 am|noon|3 pm|quarter to five|8 tonight|midnight"
_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|the 14th|next week"
_ARTIST = "abba|queen|bach|beyonce|metallica|the beatles|coldplay|mozart|eminem|adele|miles davis|bob marley|rihanna|pink floyd|chopin|shakira"

DECLINE_TASKS: dict[str, tuple[str, ...]] = {
    "dt_sums": (
        f"(what's|what is|how much is|calculate|compute|work out) ({_NUM}) (plus|times|minus|divided by|to the power of) (2|5|8|13|17|21|40)(?|)",
        f"({_NUM}) (+|*|-|/|x) (4|6|9|11|15|27|33) =(?|)",
        f"(add up|multiply|sum|subtract|divide) ({_NUM}) (and|by|with) ({_NUM})( for me|)",
        f"(square root|cube root|factorial|logarithm|half|double|a third|the square) of ({_NUM})(?|)",
        "if (three|four|five|seven) (pencils|tickets|apples|shirts|bricks) cost (6|9|12|20|35) (euros|dollars|pounds), (how much do ten cost|what does one cost|what do I pay for a dozen)?",
    ),
    "dt_turn_units": (
        f"convert ({_NUM}) (miles|pounds|feet|kelvin|gallons|hectares|ounces|knots|cups|horsepower|psi|calories)",
        f"turn ({_NUM}) (inches into centimetres|yards into metres|minutes into hours|stone into kilos|pints into litres|fahrenheit into celsius|megabytes into gigabytes)",
        f"({_NUM}) (km (in|to) miles|kg in lbs|ml to cups|mph in kmh|sqm to square feet|lbs to kg|oz in grams|cm to inches|gb to mb)(?|)",
        "write (14|49|88|202|1984|2025) (in roman numerals|in binary|in hexadecimal|as a fraction|in words|in scientific notation)",
    ),
    "dt_mail": (
        f"(write|draft|compose|type up) (an email|a mail|a short message|a polite reply|a reminder) to ({_WHO})( about the meeting| because I'm ill| asking for more time| in a friendly tone|)",
        f"(how do I|how should I) (start|end|word|phrase|answer) (an email|a mail|a letter) to ({_WHO})?",
        f"reply to ({_NAME}) (and say I can't come|that the order has shipped|that I'll be late|saying thanks for the flowers|and ask for the invoice)",
        f"I have to tell ({_WHO}) that I (won't be there|broke something|need a day off|want my money back|found another place), (can you write that for me|how do I put that nicely)?",
    ),
    "dt_verse": (
        f"(write|compose|make up|give me) (a poem|a haiku|a limerick|a sonnet|a rap|four rhyming lines|a love poem|a nursery rhyme) (about|on) ({_THEME})",
        f"(poem|haiku|limerick|ballad|rap song) about ({_THEME})( please| for a child|)",
        "what (rhymes|word rhymes) with (orange|heart|silver|table|window|tomorrow|month|garden)?",
        f"(write|I need) (song lyrics|a chorus|a jingle|a lullaby) (about|for) ({_THEME}) in the style of ({_ARTIST})",
    ),
    "dt_essay": (
        f"(write|draft|outline|help me write|do) (an essay|a 500 word essay|a term paper|a five paragraph essay|a book report|a speech|an article|a blog post) (on|about) ({_TOPIC})",
        f"(I need|give me|find) (an introduction|a conclusion|three arguments|a thesis statement|a catchy title|an outline) for my (essay|paper|presentation) about ({_TOPIC})",
        f"(pros and cons of|advantages and disadvantages of|arguments for and against) ({_TOPIC})(?|)",
        f"my (essay|presentation|homework|report) about ({_TOPIC}) is due (tomorrow|on monday|in two hours) and I have (nothing|only a title|no idea how to begin), please (help|write it)",
    ),
    "dt_story": (
        f"(tell|read|write|invent) (me |us |)(a story|a bedtime story|a fairy tale|a ghost story|a short story) (about|with) ({_THEME})",
        "(continue|finish|go on with) (the|my) (story|tale|novel): (once upon a time there was a miller|it was a dark night|the door opened slowly|nobody had seen the captain since may)",
        f"(help me with|ideas for|suggest) (a plot|a villain|a plot twist|an ending|a first sentence) for my (novel|screenplay|comic|short story) about ({_THEME})",
        f"(write|make) a (dialogue|scene|sketch|short play) between ({_NAME}) and ({_NAME}) (at a bus stop|in a submarine|on mars|in a bakery|at a funeral)",
    ),
    "dt_cv": (
        "(write|improve|update|polish|shorten|proofread) my (cv|resume|cover letter|linkedin profile|motivation letter|job application)( for a bank| for an internship| please| for a job as a nurse|)",
        "what (should I put|belongs|do I write) (in|on|into) (a cv|my resume|a cover letter|a letter of reference|my portfolio)( without experience| as a student|)?",
        "(which|what) (skills|strengths|hobbies|weaknesses) should I (list|mention|name) (in an interview|on my application|when they ask)?",
        f"(write|I need) a (job reference|recommendation|letter of recommendation|job advert|job description) for (a carpenter|a data analyst|our au pair|a cleaner|my student ({_NAME}))",
    ),
    "dt_formal_letter": (
        "(write|draft|help me with) (a complaint|a resignation letter|a cancellation|an invitation|a condolence card|a petition|an apology|a thank-you note|an objection)( to the airline| for my gym| for the wedding| to the council|)",
        "(dear sir or madam|to whom it may concern), (please finish this letter|how do I go on after that|is that still polite)(?|)",
        f"(what do I write|some nice words|a text) (in|for) (a birthday card|a wedding card|a get-well card|a farewell card|a christmas card) (for|to) ({_WHO})(?|)",
        f"(write|prepare) a (toast|best man speech|eulogy|retirement speech|welcome speech|graduation speech) for ({_NAME})('s party| and ({_NAME})|)",
    ),
    "dt_rework_text": (
        "(shorten|rephrase|paraphrase|simplify|correct|proofread|reword) (this|the following) (sentence|paragraph|text|email): (we regret to inform you|he don't know nothing|I am writing to enquire about the room|the goods was delivered late)",
        "(summarise|sum up|give me a summary of|tl;dr of) (hamlet|war and peace|chapter 3|the bible|moby dick|the great gatsby|this article|the meeting notes|harry potter|the annual report)",
        "make (my text|this paragraph|the last sentence|my letter) (more formal|funnier|shorter|longer|sound like a lawyer|easier to read)",
        "(write|put) (the following|this) in (bullet points|the passive|past tense|capital letters|plain english|the third person): (I walk to school|the cat ate the fish|we build houses)",
    ),
    "dt_translate": (
        f"translate (hello world|good night|I love you|where is the station|the bill please|happy birthday|see you tomorrow|cheers) (to|into) ({_LANG})",
        f"(how do you say|what's the word for|how would I write) (butterfly|thank you|bread|my name is|excuse me|bicycle|strawberry|grandmother) in ({_LANG})?",
        f"what does (buongiorno|schadenfreude|carpe diem|arigato|c'est la vie|hygge|mañana|inshallah|dolce vita|kindergarten) mean in (english|{_LANG})?",
        f"(translate|I need) (my letter|this contract|a menu|the manual|two pages|a birth certificate) (from|out of) ({_LANG})( into english|)",
        f"(teach me|help me learn|give me five words of|practise) ({_LANG})( with me| for my holiday| in a week|)",
    ),
    "dt_spell": (
        "(how do you spell|how to spell|spell|what's the right spelling of) (necessary|rhythm|accommodate|conscience|onomatopoeia|restaurant|mississippi|entrepreneur)(?|)",
        "(is it|do you write|which is correct) (affect or effect|their or there|who or whom|its or it's|lay or lie|fewer or less|then or than|licence or license)?",
        "(plural|past tense|opposite|synonym|comparative|definition|pronunciation|gerund) of (mouse|to swim|happy|ox|to bring|octopus|generous|to lie down|cactus)(?|)",
        "(where does the comma go|is there a comma|do I need a capital letter) (before which|after however|in dear sir|in a list of three things|in the word internet)?",
        "(another word|a better word|a fancy word) for (big|very tired|to say|important|cheap|interesting|to walk slowly)(?|)",
    ),
    "dt_program": (
        f"(write|code|give me|show me) (a|an example of a) ({_CODE}) (function|script|program|class|snippet) (that sorts a list|to read a csv file|that reverses a string|for fibonacci numbers|to scrape a website|that sends a mail)",
        f"(how do I|how can one) (loop over a dictionary|parse json|open a socket|write a unit test|round a float|make an http request|handle exceptions|join two lists) in ({_CODE})?",
        f"(fix|debug|refactor|review|optimise) my ({_CODE}) (code|function|loop|script|project)( please| because it is slow| it throws an error|)",
        f"should I learn ({_CODE}) or ({_CODE})( first| for web development| in 2025|)?",
        "build (me |)(a website|a todo app|a snake game|a landing page|a telegram bot|a calculator in html|an online shop|a browser extension)",
    ),
    "dt_error_code": (
        "(I get|what means|how do I solve) (a segmentation fault|null pointer exception|error 404|index out of range|blue screen 0x0000007b|permission denied publickey|module not found error|stack overflow)(?|)",
        "(git|docker|npm|pip|kubernetes|maven|webpack|nginx) (won't start|says permission denied|hangs forever|merge conflict, what now|keeps failing on my server|can't find the package)",
        "(select|show|count|delete) all (customers|orders|rows|duplicates) (older than a year|without an address|grouped by country), (how do I write that in sql|sql query please)(?|)",
        "((regex|regular expression) for (a phone number|a postcode|dates)|cron expression for every sunday|bash command to (find big files|delete empty lines)|css to centre a div)",
        "undo (my last commit|git reset|the merge|a force push)(, please| without losing files|)",
    ),
    "dt_office_apps": (
        "how do I (merge cells|make a pivot table|sum a column|freeze the first row|remove duplicates|use vlookup|add a drop-down list) in (excel|google sheets|libreoffice|numbers)?",
        "(excel|word|powerpoint|outlook|acrobat) (formula for the average|won't print|page numbers start at 3|has crashed and my file is gone|table of contents|template for an invoice|keeps changing the font)",
        "(make|create|design|build) (a powerpoint|ten slides|a spreadsheet|an invoice|a flyer|a business card|a budget table|a timesheet|a logo) (for my start-up|about penguins|for the club|for tomorrow's meeting)",
        "(merge|split|compress|sign|print|convert) (two pdfs|a pdf|the contract|my scanned letter|a word document)( online| for free| to docx|)",
    ),
    "dt_remind": (
        f"remind me (to call ({_NAME})|to take my pills|of the dentist|to buy stamps|to water the cactus|about the rent) (at|by) ({_HOUR})",
        "(don't let me forget|note down|make a note|write this down|save a memo): (milk and eggs|the code is 4471|pay the plumber|ask about the keys|locker 27)",
        f"(what's|is there anything|what do I have) on my (calendar|agenda|schedule|to-do list) (for|on) ({_DAY})?",
        f"(move|cancel|postpone|schedule|set up|add) (my|the|a) (dentist appointment|meeting with ({_NAME})|team call|haircut|driving lesson|parents' evening) (to|on|for) ({_DAY})",
    ),
    "dt_alarm": (
        f"(set|give me) (an alarm|a wake-up call|the alarm clock) (for|at) ({_HOUR})",
        "(start|stop|pause|set) (a|the) (timer|stopwatch|countdown)( for ten minutes| for the pasta| please|)",
        f"wake me (up |)(at ({_HOUR})|in an hour|before sunrise|when the match starts)",
        "(snooze|ten more minutes|alarm off|count down from 20|how many minutes are left on the timer)",
    ),
    "dt_call_text": (
        f"(call|ring|phone|text|message|whatsapp|facetime) ({_NAME}|mum|my wife|the office|a taxi|the pizza place)( now| and say I'm on my way| please|)",
        f"(read|check|delete|answer|forward) my (emails|voicemail|last message|texts|messages from ({_NAME})|inbox)",
        f"tell ({_NAME}) (I'll be ten minutes late|dinner is ready|to bring the charger|that practice is cancelled)",
        f"what's ({_NAME})'s (phone number|new address|birthday|email address|flat number)?",
    ),
    "dt_play_music": (
        f"(play|put on|start|stream) (some |the new album by |something by |a song by |)({_ARTIST})( please| on the kitchen speaker| loud|)",
        "(next song|skip this track|louder|volume down|pause the music|shuffle my playlist|repeat that tune|turn the radio on|play jazz|mute)",
        "(make|suggest|create) (me |)(a playlist|ten songs|background music) for (a road trip|studying|a wedding|running|a rainy evening|cooking)",
        "(which song goes|what's that song that goes|name the tune) (la la la hey jude|we will we will rock you|da da da dum|I want to break free)(?|)",
        "how do I (tune a ukulele|play a g chord|read sheet music|sing higher notes|hold drumsticks|practise scales|write a melody)?",
    ),
    "dt_two_words": (
        "(sing|say|play|cook|draw|invent|order|buy|write|paint|whisper|bake|record|dance) something( for me| nice| funny| new|)",
        "(surprise|entertain|amuse|feed|distract|inspire|wake|teach|hug|insult|congratulate) me",
        "(tell jokes|write code|make coffee|count sheep|buy milk|water plants|roll dice|flip coin|order pizza|check email|play chess|do homework|book flight|sell shares|tune piano|wash dishes|iron shirts)",
        "(let's|come on, let's|why don't we) (dance|play|talk about books|chat about football|sing|go shopping|bake a cake|play cards|gossip|order sushi)",
        "(whistle|dance|bark|rap|beatbox|meow|hum|yodel|clap)( for me| like a cowboy| please| a tune|)",
    ),
    "dt_smart_home": (
        "(turn|switch) (on|off) the (lights|heating|tv|fan|kettle|radio|alarm system|coffee machine|garden sprinkler)( in the kitchen| downstairs| please|)",
        "(set|turn) the (thermostat|heating|air conditioning|oven) to (18|20|21|180|22.5) degrees",
        "(lock|unlock|open|close) the (front door|garage|blinds|gate|windows|car)( please| now| at ten|)",
        "(dim the lights|start the robot vacuum|start the dishwasher|is the stove still on?|who left the garage open?|vacuum the living room)",
    ),
    "dt_joke": (
        "(tell|give|send) (me |us |)(a joke|a pun|a dad joke|something funny|a knock-knock joke|a one-liner|a riddle|a tongue twister|a fun fact)( about cows| about lawyers| for kids| please|)",
        "why did the (chicken|elephant|bicycle|scarecrow|tomato) (cross the road|win a prize|turn red|fall over)?",
        "knock knock|make me laugh|that wasn't funny, another joke|got any good jokes?|I need a laugh today",
        "what has (four legs and can't walk|keys but no locks|hands but can't clap|a neck but no head)?",
    ),
    "dt_games": (
        "(let's|can we|I want to) play (chess|tic tac toe|hangman|twenty questions|rock paper scissors|truth or dare|I spy|battleship|trivia|poker)",
        "(what are the rules of|how do you play|how many cards in) (uno|poker|backgammon|bridge|monopoly|mahjong|solitaire|canasta|catan)(?|)",
        "(roll a die|flip a coin|heads or tails|pick a card|pick a number from 1 to 10|draw lots|random number please|choose a colour|yes or no, decide for me)",
        "how do I (beat the last boss in elden ring|find diamonds in minecraft|level up fast|catch a shiny pokemon|win at fortnite|get zelda's sword)?",
        "(knight to f3|e4, your move|rook or bishop|is this checkmate in two|castle queenside)(?|)",
    ),
    "dt_roleplay": (
        "(pretend to be|act as|act like|imagine you were|talk like|play the role of) (a pirate|a waiter in paris|shakespeare|my mother|yoda|a medieval king|a job interviewer|a grumpy cat|a travel guide)",
        "(from now on|for the rest of the chat) (answer only in rhymes|speak like a cowboy|talk in french|be my therapist|call me captain|you are a vending machine)",
        "(let's do a|start a) (text adventure|dungeon game|mock interview|job interview practice|debate about pineapple pizza|quiz on capitals)",
        "(imagine|suppose|what if) (I were invisible|dogs could talk|we had a time machine|the earth stopped spinning|money grew on trees|I won the lottery)( what would happen| what then|)(?|)",
    ),
    "dt_equations": (
        "(solve|solve for x|find x in|factorise|simplify) (2x + 3 = 11|x^2 - 5x + 6 = 0|3x = 27|4y - 8 = 2y|x/4 = 12|5a + 2b - a|x^2 = 49)",
        "(derivative|integral|antiderivative|slope|graph|minimum|roots) of (x^2|sin x|e^x|1/x|x^3 - 2x|ln x|cos 2x|5x + 1)(?|)",
        "(prove|show) that (the square root of 2 is irrational|there are infinitely many primes|the sum of angles is 180|0.999 equals 1)",
        "(determinant of a 2x2 matrix|standard deviation of 3 5 7 9|greatest common divisor of 48 and 36|is 97 a prime|the next number in 1 1 2 3 5 8|mean of 4 8 15 16)(?|)",
    ),
    "dt_maths_homework": (
        "(I don't get|I'm stuck on|can you do|help me with) (my maths homework|fractions|long division|exercise 4b|probability|trigonometry|word problems|vectors|quadratic equations)",
        "(area|volume|perimeter|circumference|diagonal) of a (circle with radius 5|square with side 8|cylinder|triangle with base 6 and height 4|cone|cube of 3 cm|sphere)(?|)",
        "a train (leaves|starts) at (8|noon|14.20) and drives (80|120|60) km per hour, (when does it arrive after 300 km|how far is it at 3 pm)?",
        f"({_NAME}) is (twice|three times) as old as ({_NAME}) and together they are (24|36|48), how old is (each|({_NAME}))?",
    ),
    "dt_school": (
        "(balance the equation|what is the formula|the molar mass) (for|of) (water and sodium|table salt|sulfuric acid|glucose|methane and oxygen|carbon dioxide)",
        "(label|list|name) (the parts of a plant cell|the planets|the noble gases|the bones of the hand|the layers of the earth|the parts of speech|five rivers in asia|the tudor kings)",
        "(quiz me on|test me on|make flashcards for|make a study plan for) (irregular verbs|biology|capital cities|my chemistry exam|the periodic table|the constitution|the bar exam|world war one)",
        f"(tutor me in|I failed|I have a test in|my son needs help with) (physics|algebra|({_LANG})|history|economics|music theory)( tomorrow| again|)",
    ),
    "dt_cook_request": (
        "(give me|I need|any ideas for|find) (a quick dinner|a vegetarian lasagne|something with leftover rice|a dessert without sugar|a menu for six|school lunches|a soup for cold days)(?|)",
        "my (sauce|dough|gravy|jam|cake|mayonnaise|custard|stew) (is too salty|won't rise|is lumpy|burnt at the bottom|collapsed|is too thin|split), (what now|can I save it|what did I do wrong)?",
        "(scale|halve|double) (the|a|my) (recipe|pancake recipe|cake recipe) (for 12 people|to 3 eggs|for a smaller tin)",
        "(medium rare or well done|boil or steam broccoli|butter or oil for steak|do I peel the aubergine first|should garlic go in before onions)?",
    ),
    "dt_order": (
        "(order|get me|I'd like|send me) (two pizzas|a large pepperoni pizza|a cheeseburger and fries|chinese food|a dozen roses|a crate of water|a taxi|printer ink|nappies|cat litter)( to my door| from the usual shop| please|)",
        "(add|put) (the blue one|three of them|size 42|the cheapest kettle|a gift voucher) (to my basket|in my cart)",
        "(cancel|change|repeat|track) my (last order|pizza order|subscription box|grocery delivery|order number 88213)",
        "I want to (return|exchange|sell|buy) (my old phone|these trainers|a second-hand piano|concert tickets|a fridge|my stamp collection)(, where|, how does that work|)(?|)",
        "(which is cheaper|which one should I buy), (aldi or lidl|an iphone or a pixel|the red dress or the green one|oak or pine|leasing or buying)?",
    ),
    "dt_book_tickets": (
        "(book|reserve|buy|get) (me |us |)(two seats|cinema tickets|a hair appointment|a tennis court|a rental car|a train ticket|a massage|a squash court|opera tickets|a cabin) (for|on) "
        f"({_DAY})",
        f"(is there|do they have) (a free table|a room|a ticket left|a free slot|a babysitter) (on|for) ({_DAY})( at ({_HOUR})|)(?|)",
        f"(make|I need|change) an appointment (at|with) (the dentist|the hairdresser|my doctor|the town hall|the garage|the notary) (on|for) ({_DAY})",
        "(I can't make it to|I missed|cancel) my (reservation|doctor's appointment|flight|driving test|spa day|hotel booking)( what now|, please|)",
    ),
    "dt_fix_device": (
        "my (laptop|phone|tablet|printer|router|smart tv|hard drive|mouse|playstation|kindle|headphones) (won't turn on|keeps freezing|makes a clicking sound|got wet|is so slow|has no sound|won't charge|overheats)(, what can I do|, please help|)(?|)",
        "how (do|can) I (reset my router|free up storage|update windows|install a printer|recover deleted files|block a number|change my wifi password|connect bluetooth headphones|set up a vpn|take a backup)?",
        "(the wifi is down|no signal at home|the internet is slow again|I forgot my sim pin|my account got hacked|I dropped my phone in the sink|caps lock is stuck)(, help|, what should I do|)(?|)",
        "(since the update|since yesterday|after the thunderstorm|for no reason) my (computer|phone|internet|keyboard|television) (restarts every hour|only shows a blue light|types the wrong letters|is dead)",
    ),
    "dt_fix_home": (
        "(the|our) (roof|ceiling|door handle|tumble dryer|fridge|window|oven|heating|blind|doorbell) (leaks|is broken|hums all night|won't close|is stuck|stopped working)(, how do I repair it|, who can fix that|)(?|)",
        "how do I (unclog|repair|replace|install|repaint|tighten|descale) (a sink|a light switch|the kettle|a shower head|a garden fence|a loose hinge|the toilet seat|a smoke alarm)?",
        "what do I need to (build a desk|tile a bathroom|mount a tv|fix a hole in the wall|lay a patio|make a rabbit hutch|put up a swing)?",
        "there's (a mouse|a wasp nest|mould|a funny smell|a puddle|a crack) (in the attic|behind the wardrobe|under the sink|in my cellar), (what should I do|help)(?|)",
    ),
    "dt_dates": (
        "(what day|which weekday) (is|was|will be) (christmas eve|the 4th of july|my birthday on may 3|new year 2030|february 29 2024|september 1)?",
        "how many (days|weeks|hours|months|working days) (until|till|are left until|since) (christmas|summer holidays|easter|new year|my exam on june 12|halloween|the olympics)?",
        "(what time is it|what's the time|current time|local time) (in tokyo|in new york|in sydney|in california|now|over there in kenya|at the north pole)(?|)",
        "(what's the date|today's date|which week of the year is it|is today a holiday|is 2028 a leap year|when do the clocks change|is it friday the 13th|how old am I if I was born in 1987)(?|)",
    ),
    "dt_ill": (
        "(my (knee|tooth|ear|stomach|back|wrist|shoulder|heel) (hurts|aches|itches|is swollen|has been hurting for days))(, what could it be|, should I see a doctor|, what helps|)(?|)",
        "(should I go to the doctor|do I need antibiotics|is it serious|can I go to work) (with a fever of 39|if I keep coughing|after a tick bite|with a stiff neck|with pink eye)?",
        "(diagnose me|give me medical advice|read my blood test|interpret my x-ray|prescribe me something)( please|: I'm dizzy and pale|)",
        "(what's a normal|what's a healthy|tell me the ideal) (blood pressure|resting pulse|blood sugar|cholesterol|body temperature|bmi) for (a woman of 50|a child|my age|a runner)?",
    ),
    "dt_keep_fit": (
        "(I want|help me) to (get fit|run 10k|lose my belly|gain muscle|do the splits|touch my toes|swim a mile|stop smoking|drink less|eat less sugar)( by summer| in six weeks|)",
        "(make|plan|suggest) (a home workout|a warm-up|leg day|a meal plan|a couch to 5k plan|a fasting plan|stretches for my back)( without equipment| for a busy week|)",
        "(squats or lunges|running or cycling|yoga or pilates|protein before or after training|morning or evening workout), (what's better|what burns more)?",
        "how (often|long|hard) should (I|a beginner|my dad) (train|rest|stretch|jog|lift weights|plank|go swimming)?",
    ),
    "dt_pets": (
        "my (cat|puppy|hamster|budgie|goldfish|tortoise|pony) (won't eat|sleeps all day|keeps sneezing|ran away|is scared of fireworks|ate a rubber band|had kittens|is overweight)( what do I do| help|)(?|)",
        "how (do I|can I) (stop my dog pulling|teach a parrot to speak|litter train a kitten|bathe a rabbit|introduce two cats|clip a dog's claws|clean a fish tank)?",
        "(which|what) (pet|dog|fish|reptile) (is good for kids|lives longest|needs the least care|can stay alone|fits into a studio flat)?",
        "(train|walk|feed|groom|brush) (my|the) (dog|cat|horse|ferret)( while I'm away| please|)",
    ),
    "dt_plants": (
        "(my (roses|tomato plants|hydrangeas|house plants) are|my (basil|orchid|lemon tree|lawn|box hedge) is) (yellow|full of lice|drying out|dropping leaves|not growing), (what can I do|is that too much water|why)?",
        "when (is the time to|do you|is it too late to) (sow spinach|cut back lavender|plant out leeks|dig up dahlias|mow the lawn|pick the pears|split the rhubarb)?",
        "(what grows|which vegetables grow|which flowers do well) (in the shade|on a north balcony|in sandy soil|in winter|next to beans|in a small pot)?",
        "(plan|design) (my|a) (garden|vegetable bed|balcony|herb spiral|rockery|flower border)( for bees| that needs little water|)",
    ),
    "dt_travel": (
        "(plan|put together|organise) (a week in japan|three days in rome|my interrail trip|a road trip through texas|a weekend with kids|a hike in the alps)( on a budget| in may|)",
        "(I'm off to|we fly to|I'm visiting) (iceland|morocco|new york|thailand|sicily|peru) (in june|on friday|with two kids), (any tips|what must I see|what should I pack)?",
        "(cheapest way|fastest way|how long does it take|train or plane) (from|to get from) (london|berlin|madrid|delhi|chicago) to (paris|prague|lisbon|goa|toronto)(?|)",
        "(take me home|navigate to work|show me a route without motorways|find parking near the stadium|where am I|which exit do I take|walk me to the museum)(?|)",
        "where should (I|we) (go on holiday|spend the honeymoon|go skiing|celebrate new year|stay in porto|eat in naples)?",
    ),
    "dt_law_money": (
        "(can I sue|what can I do against|do I have to pay) (my neighbour|a shop that won't refund me|a noisy bar|the parking fine|my ex-husband|a company that stole my idea)?",
        "(is it legal to|am I allowed to|can you go to jail if you) (ride a bike drunk|record a phone call|sleep in the car|keep found money|fly a drone over houses|download films|own a fox)?",
        "(write|check|simplify) (my contract|my last will|a rental agreement|a power of attorney|the terms of my loan|my payslip)( please| in simple words|)",
        "(how should I invest|what should I do with|where do I put) (500 dollars|my savings|an inheritance|ten thousand euros|my bonus)?",
        "(do my taxes|pay the bill|check my balance|send 50 euros to my sister|split the bill by four|open a savings account|raise my credit limit)( please| now|)",
    ),
    "dt_work": (
        "(should I|is it wise to|when do I) (hand in my notice|ask for a pay rise|report my manager|go freelance|take the offer in zurich|accept less money|work part-time)?",
        "(find|get|look for) me a job (as a chef|in marketing|near leeds|in a hospital|for the summer|from home)",
        "(what are the duties of|how do I become|is it fun to be|how many years to become) (a notary|an actuary|an astronaut|a midwife|a tax adviser|a sound engineer|a park ranger)?",
        "(my new colleague|my manager|the intern) (keeps interrupting me|takes credit for my work|is always late|never replies), (what should I say|how do I react)?",
    ),
    "dt_love": (
        f"(does ({_NAME}) (love|like|fancy|miss) me|is ({_NAME}) into me|do I love ({_NAME}) or ({_NAME}))(?|)",
        f"(how do I|should I) (tell ({_NAME}) I'm in love|get over my ex|text her first|end a relationship|meet someone new|invite him for dinner|save my marriage|write a dating profile)?",
        "(he|she) (hasn't called since friday|didn't text back|kissed me after three dates|wants to move in|cheated on me|forgot our anniversary), what (does that mean|should I do)?",
        "(give me|write|I need) (a pick-up line|a romantic message|a love letter|a breakup text|a marriage proposal|a first date idea|dating advice)",
    ),
    "dt_family": (
        f"my (sister|son|mother-in-law|teenage daughter|dad|cousin) (is cross with me|wants a tattoo|lies all the time|is moving out|hates broccoli|is getting married to ({_NAME}))",
        "(how do I|how should a father|what's the best way to) (explain death to a child|tell the grandparents|stop kids fighting|get a baby to nap|comfort a grieving friend|teach a child to read)?",
        "(I had a fight with|I miss|I'm worried about|I'm proud of) (my brother|my best friend|my dad|my roommate|grandma|my daughter)",
        "(nobody understands me|I'm so bored|I had a terrible day|life is hard|I got dumped|I need someone to talk to|I feel like crying|today was great)",
    ),
    "dt_baby_names": (
        "(suggest|give me|list) (ten|some|a few|unusual) (baby|boys'|girls'|dog|horse|cat|band|team) names( starting with m| that work in german| with two syllables|)",
        f"is ({_NAME}) a (good|nice|boy's|common|biblical) name( for a girl| for a dog|)?",
        "(what should we|how do we) (name|call) (our daughter|our second child|the twins|a boat|our pub quiz team|a bakery|the wifi)?",
        f"(what does ({_NAME}) mean|where does the name ({_NAME}) come from|how popular is the name ({_NAME})|when is ({_NAME})'s name day)?",
    ),
    "dt_horoscope": (
        "(horoscope|tarot reading|lucky numbers|love horoscope|moon calendar) for (aries|taurus|gemini|cancer|virgo|scorpio|capricorn|pisces|today|tomorrow)",
        "(will I|when will I) (be rich|find true love|pass the exam|get married|have kids|win the lottery|be happy|become famous)?",
        "(I'm a|my wife is a) (leo|libra|sagittarius|capricorn|virgo) (born in the morning|with rising cancer), (what does this week bring|what should I watch out for)?",
        "(tell my fortune|predict my future|what do the stars say|what does mercury retrograde do|give me the lottery numbers|interpret my dream about teeth)(?|)",
    ),
    "dt_deep_talk": (
        "(what is|what's) (the meaning of life|happiness|love|time|freedom|consciousness|truth|beauty|a soul|nothingness)?",
        "(is there|can there be|do we need) (a god|life after death|free will|such a thing as fate|intelligent life on other planets|evil|a heaven)?",
        "(why do people|why must we|why do we) (die|suffer|fall in love|dream|fight wars|get old|cry at weddings|fear the dark)?",
        "(is it better to be|would you rather be) (rich or happy|loved or feared|a bird or a fish|blind or deaf|early or late|alone or bored)?",
        "(which came first, the chicken or the egg|if a tree falls and nobody hears it, does it make a sound|is a hot dog a sandwich|is water wet|are we living in a simulation)?",
    ),
    "dt_opinions": (
        "(what do you think about|your opinion on|is it right to have|are you for or against) (brexit|nuclear power|the death penalty|capitalism|gun laws|the monarchy|feminism|electric cars|pineapple on pizza|abortion|taxing the rich)(?|)",
        "(who should I vote for|which party is best|left or right|is communism good|should the voting age be 16|should cannabis be legal|is the government doing a good job)?",
        "(messi or ronaldo|lakers or celtics|batman or superman|beatles or stones|cats or dogs|tea or coffee|star wars or star trek|summer or winter|city or countryside)?",
        "(is|was) (titanic|dune|the godfather|game of thrones|the latest bond|frozen 2|breaking bad|barbie) (any good|worth watching|overrated|suitable for kids)?",
        "(recommend|suggest|name) (a good film|a thriller|a netflix series|a podcast|three novels|a book for my dad|an anime|a board game for two)( for tonight| like sherlock|)",
    ),
    "dt_lists": (
        "(give me|list|name|tell me) (five|ten|three|20|a hundred) (animals that live in the desert|european capitals|words with double o|ideas for a party|healthy snacks|team building games|blue things|green vegetables)",
        "(brainstorm|come up with|think of|invent) (a slogan|names for my shop|an instagram caption|a hashtag|a team motto|a product name|a quiz question|a password|a new sport)( for a bakery| about summer|)",
        "(write|make|plan) (a packing list|a shopping list|a cleaning schedule|a bucket list|a checklist for moving house|a weekly timetable|a wedding budget|a guest list)",
        "(rank|sort|order) (these|the following) (alphabetically|by size|by price|from old to new): (plum, apple, pear|oslo, rome, cairo|whale, ant, dog)",
    ),
    "dt_bare_words": (
        "(pizza|bitcoin|football|lasagne|summer holidays|car insurance|homework|christmas presents|mortgage|yoga|knitting|tax return|used bikes|toothache|minecraft|sudoku|lottery)(?|)",
        "(cheap flights|cinema tonight|cat food offers|train to hull|pancake mix|guitar chords|job offers london|loan calculator|french verbs|crossword solution|maths help|easy dinner|birthday ideas|hotel porto|sore throat)(?|)",
        "(need|looking for|want|searching) (a plumber|a good dentist|cheap tyres|a babysitter|a recipe|a used piano|a dance school|advice on divorce|a tutor for maths)( asap| in leeds|)",
        "(help with|question about|info on|need help with) (my tax form|my homework|a divorce|my car|cooking rice|excel|my dog|a visa|the washing machine|python)(?|)",
    ),
}
