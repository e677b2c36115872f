# ruff: noqa: E501
"""Further families of training phrasings with nothing to do with the picture, on daily life; written without sight of the families kept for evaluation."""

_CITY = (
    "Rome|Oslo|Lima|Cairo|Tokyo|Seoul|Boston|Dublin|Vienna|Prague|Athens|Lisbon|Madrid|Bali|Sydney|Nairobi|Mumbai|Toronto"
    "|Chicago|Hamburg|Munich|Zurich|Malta|Naples|Seville|Lyon|Porto|Bangkok|Hanoi|Crete|Havana|Denver|Houston|Glasgow|Miami"
)
_DISH = (
    "pancakes|lasagne|risotto|banana bread|goulash|pad thai|paella|tomato soup|an omelette|sourdough bread|apple pie|falafel|sushi"
    "|chili con carne|ramen|potato salad|waffles|pesto|tiramisu|chicken curry|brownies|hummus|dumplings|fried rice|meatballs"
    "|guacamole|cheesecake|beef stew|gnocchi|burritos|scones|a birthday cake|moussaka|pizza dough|lentil soup|roast duck|kimchi"
)
_GOODS = (
    "laptop|vacuum cleaner|mattress|washing machine|tent|bicycle|headset|coffee machine|sofa|winter coat|toaster|lawnmower|tv|suitcase"
    "|office chair|baby stroller|wristwatch|dishwasher|guitar|drill|backpack|freezer|smartphone|air fryer|blender|keyboard|pram|bookshelf"
)

DECLINE_LIFE: dict[str, tuple[str, ...]] = {
    "m_recipe": (
        f"(how do I|how can I|how to|what's the best way to) (make|cook|prepare) ({_DISH})( for four people| without eggs| from scratch| quickly|)?",
        "(pancake|waffle|lasagne|curry|pumpkin soup|cheesecake|goulash|chutney|pizza dough|smoothie|granola|stuffing|brownie|paella) recipe(?|, please| for beginners| without sugar)",
        f"(I want to|I'd like to|I'm going to|let's) (make|cook|try) ({_DISH})( tonight| for my family| on sunday|)",
    ),
    "m_cook_time": (
        "how long (do|should|must) I (boil|bake|roast|steam|grill|fry|cook) (eggs|potatoes|rice|a turkey|broccoli|salmon|muffins|asparagus|a steak|beans|noodles|a chicken)?",
        "(oven temperature|cooking time|boiling time|baking time) for (bread|a roast|lasagne|cookies|soft eggs|spaghetti|quiche|chicken wings|sweet potatoes)",
    ),
    "m_ingredients": (
        "(what can I use instead of|is there a substitute for|what replaces) (butter|eggs|baking powder|cream|soy sauce|flour|yeast|milk|brown sugar|white wine|cornstarch|buttermilk)?",
        "how (much|many grams of) (flour|sugar|salt|rice|butter|pasta|coffee|yeast|cocoa) (do I need|per person|is in a cup|goes into a cake)?",
        "(I only have|my fridge contains|I have leftover) (eggs and rice|carrots and cream|two onions|chicken and beans|half a cabbage|stale bread|a kilo of tomatoes), what (can|should) I cook?",
    ),
    "m_food_talk": (
        "(I'm hungry|I'm starving|I could eat a horse|what's for dinner|what should we eat tonight|I'm craving chocolate|I fancy a curry|lunch ideas|breakfast ideas|dinner for two)(?|)",
        "is (garlic|oatmeal|tofu|avocado|dark chocolate|kale|cheese|butter|honey|red wine|rice|couscous|peanut butter) (healthy|vegan|gluten free|fattening|good for you|bad for dogs)?",
        "how long does (milk|cheese|cooked rice|opened jam|raw chicken|bread|soup|smoked salmon) (keep|last) in the (fridge|freezer|cellar)?",
    ),
    "m_drinks": (
        "how (do I|does one|can I) (mix|make|brew) (a mojito|a margarita|a cappuccino|iced tea|a gin and tonic|lemonade|mulled wine|cold brew|a martini|hot chocolate|kombucha|chai|eggnog|an espresso)?",
        "(which|what) (wine|beer|juice|tea|whisky|cocktail) (goes with|suits|would you serve with) (fish|steak|cheese|spaghetti|dessert|curry|oysters|sushi)?",
    ),
    "m_restaurants": (
        f"(find|recommend|know|suggest) (me |)(a|any) good (restaurant|pizzeria|sushi bar|bakery|vegan place|steakhouse|cafe|pub|ice cream parlour|breakfast place) (nearby|in ({_CITY})|in town|around here)",
        "(book|reserve|get) (me |us |)a table (for two|for four|at the italian place|at eight|for tonight|by the window)",
    ),
    "m_groceries": (
        "(add|put) (milk|eggs|toilet paper|bananas|bread|washing powder|butter|dog food|batteries|onions) (to|on) (the|my) shopping list",
        "(where can I buy|who sells|what do I pay for|how much is) (saffron|a kilo of apples|cat food|fresh yeast|tofu|a crate of beer|oat milk|firewood|a watermelon|goat cheese)?",
    ),
    "m_diet": (
        "how many calories (are in|has) (a banana|a big mac|an avocado|a slice of pizza|a croissant|a glass of wine|a boiled egg|a doughnut|a handful of nuts|a mango|a pretzel)?",
        "(how can I|I want to|help me|best way to) (lose|gain|shed) (weight|five kilos|ten pounds|some fat|a bit of weight)( before summer| fast| safely|)",
        "(keto|paleo|vegan|low carb|mediterranean|gluten-free|high protein) (diet plan|meal plan|snacks|breakfast|shopping list)(?|, please|)",
    ),
    "m_flights": (
        f"(book|find|get|show|search) (me |us |)(a|the cheapest|a direct|an early) (flight|plane ticket|flight connection) (to|from) ({_CITY})( for tomorrow| on friday| next month| in july|)",
        f"(is my flight|is the plane|is flight 402|has the plane) to ({_CITY}) (late|on time|cancelled|delayed)?",
        "how much (luggage|liquid|hand luggage|cash|tobacco) (can|may) I (take|bring|carry) on (the plane|board|a flight)?",
    ),
    "m_hotels": (
        f"(find|book|recommend|reserve) (a|me a|us a) (cheap|quiet|nice|family|central|five star) (hotel|hostel|room|apartment|bed and breakfast|campsite|guest house) in ({_CITY})",
        f"how much is a (night|week|double room|suite|weekend|hotel room|parking space) in ({_CITY})?",
        "(check-in|check-out|breakfast|pool|reception) (time|times|hours) (at|in) (the|our|my) hotel?",
    ),
    "m_trip": (
        f"(plan|organise|suggest|prepare) (a weekend|a trip|a honeymoon|a three day tour|a road trip|a city break|our holiday|an itinerary) (in|around) ({_CITY})",
        f"(what should I see|what is there to do|what can we visit|where do locals eat|top ten sights|best museums|what's worth seeing) in ({_CITY})?",
        f"(I'm|we're|I am|my parents are) (going|flying|travelling|moving) to ({_CITY}) (next week|tomorrow|in spring|for work|with kids|on monday)",
    ),
    "m_visa_pack": (
        "(do I need|where do I get|how do I apply for) (a visa|a passport|travel insurance|vaccinations|an international licence|a power adapter|a work permit) for (india|the us|china|brazil|egypt|japan|russia|kenya|cuba)?",
        "(what should I|help me|what to|list of things to) (pack|take along|put in my suitcase) for (a ski trip|the beach|a week in scotland|a safari|a festival|camping|a business trip|hospital|a cruise)",
    ),
    "m_trains": (
        f"(when|at what time|from which platform) does the (next|last|first|night) (train|bus|tram|ferry|metro|coach) (to ({_CITY})|to the airport|downtown|home|to the harbour) (leave|go|depart)?",
        "(bus|train|tram|ferry|subway) (times|timetable|tickets|strike|connections|fares|pass)( tomorrow| for students| to the airport|)?",
        "(a ticket|two tickets|one way|a return ticket|a monthly pass) to (the coast|town|the zoo|the airport|the stadium|the lake), please",
    ),
    "m_directions": (
        "(how do I get|which way is it|navigate me|take me|show me the way|directions|the quickest route) to (the station|the nearest petrol station|city hall|the airport|grandma's house|the beach|the library|the hospital|exit 12|the harbour|ikea)",
        "(where is|where's|how far is) the (nearest|closest|next) (pharmacy|cash machine|supermarket|post office|car park|playground|charging point|bakery|hospital|toilet|bus stop|gym)",
        "(how is the traffic|is there a traffic jam|is the road closed|any speed traps) (on the motorway|downtown|to the airport|on the bridge|near the tunnel|on my way to work)?",
    ),
    "m_weather": (
        f"will it (rain|snow|freeze|be windy|get hot|hail|clear up) (tomorrow|in ({_CITY})|this afternoon|on sunday|tonight|during the match)?",
        "(weather|rain|forecast|temperature|snow report|pollen count|sunset|wind speed|storm warning|tide times|uv index)( today| tomorrow| this week| near me|)?",
        "(do I need|should I take|is it time for) (an umbrella|a jacket|gloves|sunscreen|rubber boots|a warm coat|winter tyres)( today| tomorrow| outside|)?",
    ),
    "m_weather_talk": (
        "(it's|it is) (raining|snowing|so hot|freezing|stormy|foggy|too humid|sunny|pouring|windy) (again|outside|today|here|in my town|since monday)",
        "(nice|lovely|terrible|awful|strange|crazy) weather (today|we're having|isn't it|this summer|for april)(?|)",
    ),
    "m_shopping_advice": (
        f"(which|what) ({_GOODS}) (should I buy|do you recommend|is the best|has the best value|lasts longest|is good for students)?",
        f"(I'm looking for|I need|find me|help me choose|I want to buy) a (good|cheap|used|new|sturdy|light) ({_GOODS})( under 200 euros| for my son| on sale| for a small flat|)",
        f"(best|cheapest|quietest|smallest) ({_GOODS}) (this year|for the money|on amazon|for travelling|in a test)(?|)",
    ),
    "m_prices": (
        f"how much (is|for) a (new|used|decent|cheap) ({_GOODS})?",
        "(what's|how much is) (a litre of petrol|a taxi to the airport|a stamp|a bag of cement|an ounce of gold|a square metre of land|a cinema ticket|a gallon of milk|a beer)( in Germany| these days| in London|)?",
        "(any|are there|where are the) (discounts|coupons|black friday deals|special offers|sales|bargains|vouchers)( today| for shoes| on tvs|)?",
    ),
    "m_gifts": (
        "(what|which present) (should|can|could) I (give|buy|get) (my mum|my husband|a ten year old|my boss|grandpa|a newborn|my girlfriend|a teacher|my flatmate|a couple) for (christmas|a birthday|the wedding|mother's day|retirement|an anniversary)?",
        "(gift|present) ideas for (men|a gardener|teenagers|my aunt|secret santa|a housewarming|a cyclist|a tea lover|my godchild|a graduate)(?|)",
    ),
    "m_fashion": (
        "what (should|shall|do) I wear (to a wedding|for an interview|at the opera|in the snow|to a funeral|on a first date|to the gym|at a garden party|tomorrow)?",
        "would (brown shoes|a denim jacket|stripes|white socks|a bow tie|sandals|velvet|leather trousers) (go|match|work) with (a blue suit|a black skirt|shorts|a tuxedo|linen|checks)?",
        "(which|what) (shoe|jeans|glove|ring|hat|helmet|dress|belt) size (do I need|should I order|is 40 in the us|fits a child of six)?",
    ),
    "m_parcel": (
        "(where is|track|when will I get|I'm waiting for) my (parcel|package|order|letter|delivery|new passport|refund|pizza)(?|)",
        "how (do I|can I) (return|exchange|send back|cancel|insure|ship) (shoes|a jacket|an order|a package to spain|a broken blender|my amazon order|a subscription)?",
    ),
    "m_health": (
        "(what helps against|what can I do about|home remedies for|how do I get rid of|medicine for) (a cold|back pain|hiccups|heartburn|a hangover|mosquito bites|hay fever|insomnia|a fever|cramps|sunburn|constipation|a cough|travel sickness)",
        "(I have|I've got|my son has|my wife has|grandma has) (a fever|a sore throat|stomach cramps|the flu|a rash on the leg|back pain|a sprained ankle|diarrhoea|high blood pressure|a migraine|chest pain)( since yesterday| again| and feel awful|)",
        "(is it|could it be|do you think it's) (covid|appendicitis|a broken toe|food poisoning|diabetes|a heart attack|an allergy|pneumonia|chickenpox|burnout)?",
    ),
    "m_medicine": (
        "(can I|is it safe to|may I) (take|combine|mix) (aspirin|ibuprofen|antibiotics|paracetamol|sleeping pills|cough syrup|vitamin d|the pill|insulin) with (alcohol|milk|coffee|grapefruit|blood thinners|breakfast)?",
        "(side effects|dosage|price|package leaflet) of (ibuprofen|penicillin|cortisone|metformin|melatonin|the flu vaccine|omeprazole|iron tablets)",
        "(where|when) can I (see a doctor|get a flu shot|find a dentist|donate blood|pick up my prescription|get a blood test|have my heart checked)( today| on sunday| near me|)?",
    ),
    "m_first_aid": (
        "(what do I do|first aid|what helps|how to react) (if|when) (someone faints|a child swallows a coin|I burned my hand|a bee stung me|the dog ate chocolate|somebody is choking|I cut my finger|grandpa falls down the stairs)",
        "(call|get|I need) (an ambulance|a doctor|the fire brigade|a nurse|a vet)(!| now| quickly| please|)",
    ),
    "m_fitness": (
        "how (do I|can I) (get a six pack|train for a marathon|do a pull-up|stretch my back|build muscle|run faster|improve my backhand|swim crawl|do a handstand|touch my toes|jump higher)?",
        "(make|give|write) me a (workout|training plan|yoga routine|gym schedule|running plan|ten minute exercise|stretching program)( for beginners| for home| without weights|)",
        "how many (steps|push-ups|squats|kilometres|hours of sport|minutes of yoga) (a day|a week|per session) are (healthy|enough|too much)?",
    ),
    "m_sleep": (
        "(I can't sleep|I slept badly|I'm so tired today|I had a nightmare|I keep waking up at night|I need a nap)",
        "how (many hours should I sleep|do I fall asleep faster|can I stop snoring|long is a nap|do I become a morning person)?",
        "(what does it mean|is it bad luck) to dream (of|about) (snakes|falling|water|my teacher|flying|losing a shoe|a wedding|spiders|an exam)?",
    ),
    "m_feelings": (
        "(I feel|I'm feeling|I am|I'm) (lonely|sad|bored|stressed|nervous|homesick|heartbroken|overworked|so happy|depressed|in love|annoyed|hungry|cheerful)( today| lately| all the time|)",
        "(cheer me up|motivate me|calm me down|give me courage|talk to me, I'm sad|comfort me|be my friend|give me a hug)",
        "how (do I|can I) (deal with stress|stop worrying|overcome grief|be more confident|stop procrastinating|make friends|forgive my sister|find my passion|meditate)?",
    ),
    "m_love": (
        "(how do I|should I|when should I) (propose|ask my crush out|break up|text back|apologise to my wife|win back my ex|move in together|get divorced|flirt with a colleague|say I love you)?",
        "(my boyfriend|my wife|my crush|my best friend|my flatmate|my sister) (left me|ignores me|never calls|is jealous|forgot my birthday|wants a break|won't talk to me|lied to me)",
        "are (scorpio and leo|aries and virgo|cat people and dog people|pisces and cancer) (compatible|a good match|a good couple)?",
    ),
    "m_astrology": (
        "(my|what's my|today's|read me my) horoscope( for today| for libra| for this week| please|)",
        "(what|which) (zodiac sign|star sign|lucky number|chinese animal|birthstone) (is|belongs to|goes with) (march|a leo|the year 1984|october 12|a dragon|january)?",
        "(read|lay) my (tarot cards|palm|tea leaves|future|fortune)( please| for the coming year|)",
    ),
    "m_parenting": (
        "(my|our) (baby|toddler|son|daughter|teenager|three year old) (won't sleep|cries all night|refuses to eat|has tantrums|hates school|plays too many games|still wears nappies|bites other kids)",
        "(when|at what age) do (babies|children|kids|toddlers) (walk|talk|crawl|sleep through|start school|eat solid food|learn to swim|ride a bike)?",
        "(ideas for|how to plan|games for|what to cook for) (a kids' birthday party|a rainy afternoon|a baby shower|a school trip|a sleepover|a treasure hunt)",
    ),
    "m_names": (
        "(what should I|help me|how shall we) (name|call) (my cat|our puppy|the baby|my boat|my goldfish|our band|the new company|my podcast|a hamster|my bakery|our football team|a fantasy kingdom)",
        "(names|name ideas|a good name) for (a black kitten|a horse|twins|a startup|a wifi network|a coffee shop|a parrot|a dragon in my novel|a rabbit|a sailing boat|a knitting club)(?|)",
        "(meaning|origin) of the (first name|surname) (Oliver|Fatima|Schneider|Chloe|Kowalski|Aiden|Freya|Smith|Nguyen)",
    ),
    "m_dogs": (
        "how (do I|can I) (train|wash|walk|calm|feed|brush) my (dog|puppy|labrador|dachshund|poodle|terrier)( on holiday| at night| in winter| properly|)?",
        "(my|our) (dog|puppy|beagle|shepherd) (eats grass|limps|barks all day|ate a sock|is afraid of thunder|chases cars|sheds a lot|has fleas)",
        "(which dog breed|what kind of dog) (suits|is good for) (a flat|children|allergy sufferers|a farm|beginners|hunting)?",
    ),
    "m_cats_pets": (
        "why does my (cat|hamster|parrot|rabbit|guinea pig|tortoise|canary|ferret|horse) (sneeze|hide|scratch the sofa|refuse to eat|bite|limp|run in circles|drink so much)?",
        "(what do I|how often should I) feed (a hedgehog|my goldfish|a kitten|a stray cat|my snake|budgies|a baby bird|chickens|an axolotl)?",
        "(can|may) (cats|dogs|rabbits|horses|hamsters|parrots) (eat|have) (grapes|chocolate|tuna|avocado|peanuts|bread|cucumber|onions|apples)?",
    ),
    "m_garden": (
        "(when|how) (do I|should I) (plant|prune|water|fertilise|harvest|sow|repot) (tomatoes|roses|tulips|an apple tree|lavender|potatoes|hydrangeas|basil|strawberries|a cactus|grapes|carrots|garlic|a hedge)?",
        "(my|our) (lawn|orchid|basil|ficus|lemon tree|cucumber plant|hedge|monstera) (is turning yellow|is dying|has aphids|won't flower|is losing leaves|needs water)",
        "(how do I get rid of|what helps against) (slugs|moles|weeds|greenfly|moss in the lawn|ants on the terrace|wasps|fruit flies|mice in the shed|mildew)?",
    ),
    "m_nature": (
        "(which|what) (bird|mushroom|tree|berry|flower|insect|snake) (sings at night|is poisonous|grows near water|is edible|blooms in february|can I plant in shade|bites)?",
        "(where|when) can I (pick mushrooms|watch whales|see northern lights|go bird watching|collect chestnuts|find truffles|hear nightingales|see fireflies)?",
    ),
    "m_car": (
        "(my|the) (car|engine|van|motorbike|old beetle|truck) (won't start|makes a strange noise|lost oil|broke down|smokes|pulls to the left|failed the inspection|overheats)",
        "how do I (change a tyre|check the oil|jump start a car|replace the wipers|parallel park|sell my car|defrost the windscreen|change the brake pads|polish the bonnet|tow a caravan)?",
        "(which|what) (fuel|electric car|car insurance|motor oil|tyre pressure|engine) (does a golf use|should I choose|do I need|is best)?",
    ),
    "m_bike": (
        "(how do I|can you help me) (fix|repair|adjust|change|oil) (a flat tyre|my bike chain|the brakes|the gears|a wobbly wheel|my scooter|the saddle)?",
        "(bike|cycle|e-bike|mountain bike) (repair shop|route|rental|lock|helmet|tour along the river)( near me| for kids| this weekend|)?",
    ),
    "m_plumbing": (
        "(the|my|our) (tap|toilet|sink|shower|radiator|boiler|drain|dishwasher|washing machine|gutter) (is dripping|is blocked|leaks|won't flush|stays cold|makes noise|smells)",
        "(find|call|I need|get me) a (plumber|locksmith|carpenter|handyman|chimney sweep|roofer|painter|gardener)( today| nearby| urgently|)",
    ),
    "m_diy": (
        "how (do I|can I|to) (hang a shelf|drill into tiles|paint a ceiling|lay parquet|fix a squeaky door|assemble a wardrobe|wallpaper a room|build a treehouse|change a fuse|seal a window|sharpen a knife|insulate the attic)?",
        "(which|what) (glue|sandpaper|drill bit|plaster|ladder|primer|wood) (do I need|is right|should I take) for (concrete|a garden table|plasterboard|metal|a bookshelf|the bathroom)?",
    ),
    "m_cleaning": (
        "how (do I|can I|to) (remove|get out|clean|get rid of) (red wine stains|candle wax|limescale|mould in the shower|coffee from a carpet|grease on the oven|chewing gum|ink from a shirt|rust|dog smell)?",
        "(can I wash|how do I wash|how hot do I iron) (wool|silk|down jackets|sneakers|curtains|a duvet|linen|cashmere|leather gloves)(?|)",
    ),
    "m_house": (
        "(what colour|which wallpaper|what kind of floor) (should I choose|fits|would be nice) (for my kitchen|in a small bedroom|in the hallway|for the nursery|in the bathroom)?",
        "how (do I|can I) (save electricity|heat my flat cheaply|lower my water bill|cool the bedroom|keep out the noise|tidy the garage|declutter the attic|furnish a studio)?",
        "(I'm looking for|find me|I need|we want) (a flat|a new flatmate|a three room apartment|a garage|a garden plot|a moving company|a cleaning lady|a house by the lake)( in Leeds| near the park| from may|)",
    ),
    "m_rent_law": (
        "(can|may) my landlord (raise the rent|forbid pets|enter my flat|keep the deposit|throw me out|turn off the heating)( without notice| in winter|)?",
        "(what|how long) is the (notice period|statute of limitations|probation period|warranty on a used car|parental leave|fine for speeding|penalty for theft)?",
        "(how do I|do I have to|can I) (contest a will|write a testament|file for divorce|object to a parking ticket|get custody|adopt a child|change my surname|cancel a gym contract|found a club)?",
    ),
    "m_taxes": (
        "(how do I|when must I|can you help me) (file|do|submit|fill in) (my tax return|the vat form|my income tax|an expense claim|the customs declaration|form 1040)?",
        "(can I deduct|is it possible to write off|do I pay tax on) (my commute|a home office|a laptop|donations|lottery winnings|childcare|tips|an inheritance|crypto gains)?",
    ),
    "m_insurance": (
        "(do I need|is it worth having|how much is) (life insurance|liability insurance|dental cover|home insurance|travel cover|disability insurance|pet insurance)?",
        "(how do I|can I|where do I) (claim|cancel|switch|renew|compare) (my health insurance|my policy|my pension plan|car insurance|the warranty)?",
    ),
    "m_money": (
        "(how do I|what's the best way to|help me) (save money|pay off my debts|make a budget|invest 1000 euros|get a loan|open a bank account|transfer money abroad|plan my retirement|earn money online)",
        "(should I|is now a good time to|would you) (buy gold|sell my shares|invest in bitcoin|take out a mortgage|lease a car|buy a house|play the lottery|short tesla)?",
        "(price|rate|value|chart) of (bitcoin|gold|apple stock|crude oil|the dow jones|ethereum|silver|the yen|tesla shares|wheat)(?|)",
    ),
    "m_currency": (
        "(how much is|convert|what is|exchange) (5|20|100|350|1000) (dollars|euros|pounds|yen|rupees|swiss francs|pesos|zloty|lira|kronor) (in|to|into) (euros|dollars|pounds|yuan|rand|baht|won|francs|forint)",
        "(exchange rate|rate) (of the|for the) (dollar|euro|pound|yen|rouble|peso|krona)( today|)?",
    ),
    "m_units": (
        "how many (inches are in a yard|grams are in a kilo|ounces are in a pound|litres are in a gallon|seconds are in a day|metres are in a mile|acres are in a hectare|bytes are in a megabyte|teaspoons make a tablespoon|feet are in a fathom|cups are in a pint)?",
        "(convert|what is|how much is) (5|12|70|100|180|350) (fahrenheit to celsius|miles in kilometres|inches in centimetres|stone in kilos|knots in km per hour|gallons in litres|acres in hectares|feet in metres|pounds in kilos|celsius to kelvin)",
    ),
    "m_job": (
        "(how do I|help me|tips to|can you help me) (find a job|write my cv|prepare for an interview|ask for a raise|quit my job|become a pilot|get promoted|negotiate my salary|change careers|write a cover letter|become a nurse)",
        "how much does a (plumber|teacher|surgeon|bus driver|pilot|lawyer|farmer|software engineer|judge|baker|bricklayer) (earn|make)( a month| in Sweden| after tax|)?",
        "my (boss|colleague|team leader|intern|client) (shouts at me|is lazy|wants overtime|never says thanks|steals my ideas|fired me|won't pay me)",
    ),
    "m_university": (
        "where (can I study|should I study|could I study) (medicine|law|architecture|biology|marine biology|philosophy|acting|game design|theology)( in Berlin| without a degree| online|)?",
        "(tuition fees|admission rules|scholarships|student housing|application deadline|ranking) (at|for|of) (harvard|oxford|the sorbonne|stanford|eth zurich|my local college|medical school)(?|)",
        "how (do I|can I) (pass my driving test|survive finals|learn faster|take better notes|cite a website|apply for erasmus|find a tutor|memorise vocabulary)?",
    ),
    "m_hobby": (
        "how (do I|can I|to) (knit a scarf|crochet a hat|fold a paper crane|carve a pumpkin|juggle|throw pottery|make candles|tie a bow tie|do a card trick|make soap|fly a kite|build a birdhouse|brew beer|sew a button)?",
        "(I need|give me|suggest) (a new hobby|craft ideas|something to do this weekend|a diy project|ideas against boredom|a puzzle|ideas for halloween|a party theme)",
    ),
    "m_outdoors": (
        "(where|when) can (I|we) (go camping|go fishing|ski|surf|hike|climb|swim|sail|ride horses|go sledging)( near here| in may| with kids| this winter|)?",
        "(best|easy|famous|family) (hiking trail|campsite|ski resort|beach|climbing wall|fishing spot|kayak tour|viewpoint|picnic place) (in scotland|in the alps|near me|in norway|in portugal|for beginners)(?|)",
        "(how do I|how to) (light a fire|pitch a tent|tie a bowline|read a compass|filter water|catch a trout|wax skis|scare off a bear|find north)?",
    ),
    "m_etiquette": (
        "(how much do I|do I|should I) tip (in a restaurant|a taxi driver|in japan|the hotel maid|at a bar|the pizza boy)?",
        "(is it rude to|is it ok to|may one) (eat with a spoon|arrive late|wear white to a wedding|decline an invitation|regift a present|call after ten|bring my dog|leave early)?",
        "(which fork do I use first|which glass is for water|where does the napkin go|who pays on a date|how do I fold napkins|how do I set a table)?",
    ),
    "m_party": (
        "(plan|organise|help me with|ideas for) (a surprise party|my wedding|our silver anniversary|a bachelor party|the office christmas party|a barbecue|new year's eve|a farewell dinner|a carnival costume|a school reunion)",
        "how many (chairs|bottles of wine|sausages|invitations|balloons|kilos of rice|pizzas) do I need for (20|35|50|80|100) (guests|people|children)?",
    ),
    "m_opening": (
        "(when|until when|at what time) does the (post office|pool|zoo|library|bank|supermarket|museum|town hall|bakery|pharmacy|cinema|castle) (open|close)( today| on sundays| tomorrow|)?",
        "(opening hours|phone number|address|parking|entrance fee|menu) of (the zoo|ikea|the town hall|our dentist|the louvre|the city pool|the opera|my bank|the tax office)(?|)",
    ),
    "m_statement_life": (
        "(my neighbour plays the drums at night|I locked myself out|I lost my wallet|I missed the bus|my phone fell into the toilet|the neighbours are loud|I burned the toast|I got a parking ticket|my luggage is gone|I forgot my pin|my tenant doesn't pay)",
        "(I love|I hate|I adore|I miss|I can't stand) (mondays|pizza|summer rain|football|my grandma's cooking|long queues|the smell of coffee|the sea|tax forms|roller coasters|traffic jams|rainy sundays)",
        "(today is my birthday|I'm getting married in june|we had a baby|I bought a house|I passed my exam|I won a bet|I'm moving to canada|I quit smoking|I got a new job|I adopted a kitten)",
    ),
}
