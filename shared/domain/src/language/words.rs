//! The words that say what is wanted, per language: data, not rules.

use std::{collections::HashMap, sync::LazyLock};

use super::fold::sound;

/// What a word does in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Asks for a price.
    Price,
    /// Asks whether there is any.
    Stock,
    /// Asks how much, be it goods or money.
    HowMuch,
    /// Wants goods.
    Want,
    /// Asks for a list.
    Show,
    /// Names goods in general.
    Goods,
    /// Changes something: not answered here.
    Change,
    /// Belongs to another subject: orders, accounts, the weather.
    Elsewhere,
    /// Says hello.
    Greeting,
    /// Says thank you.
    Thanks,
    /// Asks how this works.
    Help,
    /// A person.
    Person,
    /// Talking or calling.
    Talk,
    /// A message.
    Message,
    /// Means nothing by itself.
    Filler,
}

/// The language a word speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English.
    English,
    /// Hindi in Latin letters.
    Hinglish,
    /// Hindi in Devanagari.
    Hindi,
    /// Used in all of them.
    Shared,
}

/// What is known of a word.
pub(super) fn known(word: &str) -> Option<(Sense, Tongue)> {
    // English is spelt one way. Hinglish and Devanagari need the loose spelling, in which "tell" would be "tel", oil, and "हाय"
    // would be "hai": so each script has its own table. What is spelt exactly goes first: "है" is no "हाय", "bada" no "badha".
    let loose = if word.is_ascii() { &HINGLISH } else { &HINDI };
    EXACT.get(word).or_else(|| loose.get(&sound(word))).copied()
}

type Known = HashMap<String, (Sense, Tongue)>;

static EXACT: LazyLock<Known> = LazyLock::new(|| rows(&[Tongue::English, Tongue::Shared, Tongue::Hinglish, Tongue::Hindi], str::to_owned));
static HINGLISH: LazyLock<Known> = LazyLock::new(|| rows(&[Tongue::Hinglish], sound));
static HINDI: LazyLock<Known> = LazyLock::new(|| rows(&[Tongue::Hindi], sound));

fn rows(tongues: &[Tongue], spelling: fn(&str) -> String) -> Known {
    let mut known = Known::new();
    for (sense, tongue, words) in TABLE.iter().filter(|(_, tongue, _)| tongues.contains(tongue)) {
        for word in words.split_whitespace() {
            known.entry(spelling(word)).or_insert((*sense, *tongue));
        }
    }
    known
}

/// All words. Where a word stands in two rows the first counts.
const TABLE: &[(Sense, Tongue, &str)] = &[
    (Sense::Price, Tongue::Shared, "price prices rate rates mrp amount"),
    (Sense::Price, Tongue::English, "cost costs costing pricing priced prise pric"),
    (Sense::Price, Tongue::Hinglish, "bhav bhao daam dam keemat qeemat mulya moolya bhaav"),
    (Sense::Price, Tongue::Hindi, "भाव दाम कीमत क़ीमत रेट प्राइस मूल्य एमआरपी"),
    (Sense::Stock, Tongue::Shared, "stock stok stocks available availability availble avlbl"),
    (Sense::Stock, Tongue::English, "left remaining have has got there instock any many quantity qty inventory finished"),
    (
        Sense::Stock,
        Tongue::Hinglish,
        "bacha bachi bache milega milegi milenge mil milta milti uplabdh maal rakhte rakha pada padi pade hoga hogi khatam khatm",
    ),
    (
        Sense::Stock,
        Tongue::Hindi,
        "स्टॉक स्टाक स्टोक बचा बची बचे मिलेगा मिलेगी मिलेंगे मिल मिलता मिलती उपलब्ध माल अवेलेबल रखते रखा पड़ा पड़ी पड़े होगा होगी खत्म ख़त्म",
    ),
    (Sense::HowMuch, Tongue::English, "much"),
    (Sense::HowMuch, Tongue::Hinglish, "kitna kitni kitne kitnaa ktna ktni kitta"),
    (Sense::HowMuch, Tongue::Hindi, "कितना कितनी कितने कितनें"),
    (Sense::Want, Tongue::English, "want need wants needed buy order looking require"),
    (
        Sense::Want,
        Tongue::Hinglish,
        "chahiye chahie chaiye chaie chahiy chaheye chahta chahti lena leni lene kharidna bhejo bhej dena dedo dijiye mangta mangwana",
    ),
    (Sense::Want, Tongue::Hindi, "चाहिए चाहिये चाहता चाहती लेना लेनी लेने खरीदना भेजो भेज देना दीजिए दीजिये मंगवाना"),
    (Sense::Show, Tongue::English, "show list catalog catalogue catlog browse sell selling sells range options collection"),
    (Sense::Show, Tongue::Hinglish, "dikhao dikha dikhaiye dikhado bechte kaunse kaunsa kaun konsa konse suchi"),
    (Sense::Show, Tongue::Hindi, "दिखाओ दिखा दिखाइए दिखाइये बेचते कौन कौनसे कौनसा सूची लिस्ट कैटलॉग"),
    (Sense::Goods, Tongue::English, "product products item items things thing goods everything stuff"),
    (Sense::Goods, Tongue::Hinglish, "saman saamaan samaan cheez cheezein chijen"),
    (Sense::Goods, Tongue::Hindi, "सामान चीज़ चीज चीज़ें चीजें आइटम प्रोडक्ट"),
    (Sense::Change, Tongue::English, "set update change remove add delete cancel minus increase decrease edit reduce stop end quit sold"),
    (
        Sense::Change,
        Tongue::Hinglish,
        "badhao badha badhado ghatao ghata ghatado hatao hata hatado jodo jod badlo badal kardo karado likho likh daalo",
    ),
    (Sense::Change, Tongue::Hindi, "बढ़ाओ बढ़ा घटाओ घटा हटाओ हटा जोड़ो जोड़ बदलो बदल लिखो लिख डालो कैंसल कैंसिल अपडेट"),
    (
        Sense::Elsewhere,
        Tongue::English,
        "weather cricket match score joke loan lend recharge news movie song train ticket flight invoice bill receipt payment pay paid upi refund return \
        exchange complaint status parcel delivery deliver delivered tracking track sale sales expense expenses report gst tax profit salary balance due dues \
        outstanding reminder timing timings open close closed address location warranty discount offer offers coupon football share market money back button buttons ai data rent cash bank rude",
    ),
    (
        Sense::Elsewhere,
        Tongue::Hinglish,
        "mausam chutkula udhaar udhar khata baki baaki kharcha kharch bikri becha bika hisaab hisab bijli khulegi khulti khulta baje wapas kharab \
        shikayat gaana gana naach shaadi kahani",
    ),
    (
        Sense::Elsewhere,
        Tongue::Hindi,
        "मौसम चुटकुला उधार खाता बाकी बाक़ी खर्चा खर्च बिक्री हिसाब बिजली बिल भुगतान पेमेंट ऑर्डर रिपोर्ट वापस खराब ख़राब शिकायत क्रिकेट मैच स्कोर गाना कहानी खबर बजे खुलेगी खुलती",
    ),
    (
        Sense::Greeting,
        Tongue::English,
        "hi hello hey hii hiii hlo helo hellow hiya good morning mrng mornin morng afternoon aftrnoon evening evng eve noon night nite nyt greetings yo gm",
    ),
    (
        Sense::Greeting,
        Tongue::Hinglish,
        "namaste namaskar namskar namastey pranam parnam salam salaam ram radhe radhey suprabhat suprabhaat prabhat adab aadab satsriakal vanakkam jai shree shri krishna \
        mataji assalamualaikum assalam assalamu asalam asalamualaikum alaikum alaykum aleikum walaikum walekum sat sri akal mahadev jinendra swaminarayan ganesh hanuman bhole jsk ratri sandhya khamma",
    ),
    (
        Sense::Greeting,
        Tongue::Hindi,
        "नमस्ते नमस्कार प्रणाम प्रभात रात्रि संध्या दोपहर अस्सलाम वालेकुम अलैकुम अस्सलामुअलैकुम सत श्री अकाल महादेव हर सलाम राम राधे सुप्रभात जय श्री कृष्ण हेलो हैलो हाय",
    ),
    (Sense::Thanks, Tongue::English, "thanks thank thankyou thx thnx ty tysm tnx thanku welcome appreciate"),
    (Sense::Thanks, Tongue::Hinglish, "shukriya dhanyawad dhanyavaad dhanywad dhanyavad meharbani"),
    (Sense::Thanks, Tongue::Hindi, "धन्यवाद शुक्रिया मेहरबानी आभार थैंक्स थैंक्यू"),
    (Sense::Help, Tongue::English, "help menu guide instructions commands"),
    (Sense::Help, Tongue::Hinglish, "madad sahayata sahayta"),
    (Sense::Help, Tongue::Hindi, "मदद सहायता मेनू मेन्यू हेल्प"),
    (
        Sense::Person,
        Tongue::English,
        "human person agent manager owner someone executive representative staff operator somebody support care shopkeeper",
    ),
    (Sense::Person, Tongue::Hinglish, "insaan insan aadmi admi banda bande malik maalik kisi dukandar dukaandar sethji seth"),
    (Sense::Person, Tongue::Hindi, "इंसान आदमी मालिक किसी बंदे एजेंट मैनेजर दुकानदार सेठ"),
    (Sense::Talk, Tongue::English, "talk speak call chat connect contact callback phone number"),
    (Sense::Talk, Tongue::Hinglish, "baat bat karwao karwa karvao karva milao"),
    (Sense::Talk, Tongue::Hindi, "बात करवाओ करवा करा कराओ कॉल फोन फ़ोन मिलाओ"),
    (Sense::Message, Tongue::Shared, "message messages msg msgs sms promotion promotions promotional promos notification notifications"),
    (Sense::Message, Tongue::Hindi, "मैसेज मेसेज संदेश"),
    (
        Sense::Filler,
        Tongue::English,
        "a an all the is are was were am be it its this that these those of for in on at by with from and or but so as i my mine we our us you your ur u \
        he she they does did dont can could would will shall should may might what whats which who when where why how hows please pls plz kindly tell \
        know let give get send today now right just also still really very too some more sir madam maam dear bro hey ok okay okey yes no not if then than about per total value godown \
        each one two three ask asking check checking shop store new old best better fresh tomorrow today tonight yesterday quality original pure like love nowadays cheap cheaper cheapest latest only much pls plzz plss thats kind type small big large single regular normal buying purchase available \
        information info detail details enquiry inquiry query question regarding interested currently provide near hope doing well n k r im ill id nice great cool fine alright",
    ),
    (Sense::Filler, Tongue::Shared, "do to me ji bhai bhaiya bhaiyya bhayya didi uncle aunty anna boss yaar sirji hmm ok okay"),
    (
        Sense::Filler,
        Tongue::Hinglish,
        "hai hain h hei paas haal rupaye rupay rupaiya paise paisa naya nayi naye aaya aayi aaye aayega aayegi diya bahut ka ke ki ko se mein mai par pe aur ya kya kia batao bata bataiye batana batado bataye btao bta btado mujhe mujhko muje mere mera meri \
        humko humein hamein hume hum apna apne apni aap aapke aapka aapki tumhare tum hamare hamara yeh ye wo woh vo us is iss wala wali wale abhi aaj kal ab \
        sunao sunaiye suno suniye suna dekho dekh dekhna puchna poochna puch pooch janna jaanna sakte sakta sakti skte rha rhe rhi nhi kr krdo krna krke kro jayega jaayega jaega jayegi liye liya lie \
        waste chhota chota chhoti choti chhote bada badi bade badhiya asli sasta sasti saste mehnga mehenga mehngi kam jyada zyada zyaada kaafi bas sirf hua hui hue hoon hu hun rahega rahegi \
        jaldi kabhi phir fir dobara pehle baad subah shaam sham raat din tak wahi yahi yahan wahan idhar iska uska iski uski jo jaise aise matlab haina re arre oye hm chahe agar lekin magar isko usko \
        rakh rakhna rakho aajkal aajkl jaye jaega jaaye jana jaana sakun saku agya main aagaya inka unka kahi kahin milna manga mangaya hogaya gyi gya to toh bhi hi na naa nahi nahin haan han kuch kuchh koi zara jara thoda please plz karo kar karna karke kariye kijiye karein ho hota hoti hote tha thi the \
        raha rahi rahe gaya gayi gaye dukan dukaan dukaan bolo bol bolna pata kahan kab kaise kaisa kaisi kyu kyun lagega lagegi padega padegi chal chalo sab saare poora pura \
        ek do teen char paanch achha acha accha theek thik sahi de do lo le",
    ),
    (
        Sense::Filler,
        Tongue::Hindi,
        "है हैं हे पास हाल रुपये रुपए रुपया पैसे नया नयी नई नए आया आई आए आएगा आएगी दिया बहुत का के की को से में मे पर पे और या क्या बताओ बता बताइए बताइये बताना बताएं मुझे मुझको मेरे मेरा मेरी हमको हमें हम अपना अपने अपनी आप आपके आपका आपकी तुम \
        हमारे हमारा यह ये वह वो उस इस वाला वाली वाले अभी आज कल अब तो भी ही ना न नहीं हाँ हां कुछ कोई ज़रा जरा थोड़ा प्लीज करो कर करना करके करिए कीजिए करें हो होता होती होते था थी थे रहा \
        रही रहे गया गयी गई गए दुकान बोलो बोल पता कहाँ कहां कब कैसे कैसा कैसी क्यों लगेगा लगेगी पड़ेगा पड़ेगी चलो सब सारे पूरा एक दो तीन चार पांच पाँच सुनाओ सुनाइए सस्ता सस्ती सस्ते महंगा महँगा छोटा छोटी छोटे बड़ा बड़ी बड़े असली ताज़ा ताजा अच्छी अच्छे बढ़िया लिए जल्दी हूँ हूं हुआ हुई हुए कम ज़्यादा ज्यादा बस सिर्फ फिर पहले बाद सकते सकता सकती जाएगा जाएगी जायेगा जाए आजकल दीजिए रख रखना आपके वही यही यहाँ यहां इसका उसका मैडम अच्छा ठीक सही दे लो ले भाई भैया भइया दीदी जी सर अंकल मैं",
    ),
];
