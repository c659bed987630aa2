//! The words by which people stop and start messages, per language: data, not rules.
//!
//! Only phrases nobody would write about an order or a shop's hours. `cancel`, `end` and `no` are left out on purpose: here they
//! end an order or a question.

use super::ConsentChange::{self, OptIn, OptOut};

/// The phrases of one language for one change.
pub(super) struct Row {
    /// BCP 47 code of language and script.
    pub language: &'static str,
    /// What they do.
    pub change: ConsentChange,
    /// Whole messages with bars between them; case, punctuation and emoji do not matter.
    phrases: &'static str,
}

impl Row {
    /// The phrases one by one.
    pub fn phrases(&self) -> impl Iterator<Item = &'static str> {
        self.phrases.split(" | ")
    }
}

const fn row(language: &'static str, change: ConsentChange, phrases: &'static str) -> Row {
    Row { language, change, phrases }
}

/// All phrases.
pub(super) const TABLE: &[Row] = &[
    row(
        "en",
        OptOut,
        "stop | stop all | stopall | please stop | stop please | pls stop | unsubscribe | un subscribe | \
         unsubscribe me | please unsubscribe | unsubscribe please | opt out | optout | stop messages | \
         stop message | stop messaging | stop messaging me | stop sending messages | stop sending me messages | \
         please stop messages | please stop sending messages | don't message me | do not message me | \
         no more messages | stop msg | stop msgs | block messages | stop promotions | stop offers | \
         stop marketing | stop promotion | stop promotions please | stop promotion please | please stop promotions | \
         please stop promotion | stop offers please | please stop offers | stop offer | stop promo | stop promos | \
         stop promotional messages | stop sending promotions | stop sending offers | stop sending me offers | \
         stop sending me promotions | stop messages please | stop messaging me please | no more promotions | no more offers | \
         no promotions | no promotions please | don't send messages | don't send me messages | do not send messages | \
         do not send me messages | don't send offers | don't send me offers | do not send offers | unsubscribe me please | \
         please unsubscribe me | kindly unsubscribe | i want to unsubscribe | please opt out | opt me out",
    ),
    row(
        "en",
        OptIn,
        "start | please start | start again | unstop | subscribe | subscribe me | please subscribe | \
         subscribe again | resubscribe | opt in | optin | start messages | start message | resume | \
         resume messages | start sending messages",
    ),
    row(
        "hi",
        OptOut,
        "स्टॉप | स्टाप | बंद | बन्द | बंद करो | बन्द करो | बंद करें | बंद कीजिए | बंद कर दो | रोको | रोकें | \
         रोक दो | संदेश बंद करो | संदेश बंद करें | मैसेज बंद करो | मैसेज बंद करें | मैसेज बंद कर दो | \
         मैसेज मत भेजो | मुझे मैसेज मत भेजो | मैसेज मत भेजिए | मैसेज मत भेजना | ऑफर मत भेजो | ऑफ़र मत भेजो | \
         मुझे ऑफर मत भेजो | ऑफर बंद करो | ऑफर बंद कर दो | मैसेज नहीं चाहिए | मुझे मैसेज नहीं चाहिए | \
         मुझे संदेश नहीं चाहिए | ऑफर नहीं चाहिए | मुझे ऑफर नहीं चाहिए | बंद कर दीजिए | स्टॉप करो | स्टॉप कर दो | \
         मैसेज बंद कर दीजिए | मैसेज भेजना बंद करो | संदेश मत भेजो | मैसेज मत करो | अनसब्सक्राइब | \
         सदस्यता समाप्त करें",
    ),
    row(
        "hi",
        OptIn,
        "स्टार्ट | शुरू | शुरु | शुरू करो | शुरु करो | शुरू करें | चालू | चालू करो | चालू करें | चालू कर दो | \
         फिर से शुरू करो | फिर से शुरू करें | मैसेज शुरू करो | मैसेज चालू करो | संदेश शुरू करें | सब्सक्राइब",
    ),
    row(
        "hi-Latn",
        OptOut,
        "band | band karo | bandh karo | band kare | band karen | band kar do | band kardo | band kijiye | \
         stop karo | stop kar do | stop kardo | roko | rok do | message band karo | msg band karo | \
         message band kar do | messages band karo | message mat bhejo | msg mat bhejo | \
         mujhe message mat bhejo | mujhe msg mat bhejo | message mat karo | msg mat karo | mat bhejo message | \
         message mat bhejiye | message mat bhejna | messages mat bhejo | msgs mat bhejo | message na bhejo | mujhe message na bhejo | \
         offer mat bhejo | offers mat bhejo | mujhe offer mat bhejo | offer band karo | offers band karo | offer band kar do | \
         promotion band karo | promotion mat bhejo | message nahi chahiye | mujhe message nahi chahiye | msg nahi chahiye | \
         mujhe msg nahi chahiye | messages nahi chahiye | mujhe messages nahi chahiye | offer nahi chahiye | \
         mujhe offer nahi chahiye | mujhe offers nahi chahiye | stop kar dijiye | band kar dijiye | message band kar dijiye | \
         message bhejna band karo | message bhejna band kar do | unsubscribe karo | unsubscribe kar do",
    ),
    row(
        "hi-Latn",
        OptIn,
        "shuru | shuru karo | shuru kare | shuru karen | shuru kar do | shuru kardo | chalu | chalu karo | \
         chaalu karo | chalu kar do | start karo | start kar do | start kardo | phir se shuru karo | \
         message chalu karo | message shuru karo | message chalu karo dobara | msg chalu karo | \
         messages chalu karo",
    ),
    row(
        "ta",
        OptOut,
        "நிறுத்து | நிறுத்துங்கள் | நிறுத்தவும் | செய்தி அனுப்பாதே | செய்தி அனுப்பாதீர்கள் | \
         செய்திகளை நிறுத்து | செய்திகளை நிறுத்துங்கள் | மெசேஜ் அனுப்பாதீங்க | ஸ்டாப்",
    ),
    row(
        "ta",
        OptIn,
        "தொடங்கு | தொடங்குங்கள் | தொடங்கவும் | ஆரம்பி | ஆரம்பிக்கவும் | மீண்டும் தொடங்கு | செய்திகளை தொடங்கு | \
         ஸ்டார்ட்",
    ),
    row(
        "ta-Latn",
        OptOut,
        "niruthu | niruthunga | niruthungal | nirutthu | message niruthu | message niruthunga | \
         message anuppatheenga | message anupadheenga | message anupathinga | stop pannu | stop pannunga",
    ),
    row("ta-Latn", OptIn, "thodangu | thodangunga | aarambi | arambi | start pannu | start pannunga | message start pannunga"),
    row(
        "te",
        OptOut,
        "ఆపు | ఆపండి | ఆపేయి | ఆపేయండి | ఆపివేయండి | మెసేజ్ ఆపండి | మెసేజ్‌లు ఆపండి | సందేశాలు ఆపండి | \
         మెసేజ్ పంపకండి | మెసేజ్ పంపవద్దు | స్టాప్",
    ),
    row(
        "te",
        OptIn,
        "ప్రారంభించు | ప్రారంభించండి | మొదలుపెట్టు | మొదలుపెట్టండి | మళ్ళీ ప్రారంభించండి | \
         మెసేజ్‌లు ప్రారంభించండి | స్టార్ట్",
    ),
    row(
        "te-Latn",
        OptOut,
        "aapu | aapandi | apandi | aapeyandi | message aapandi | messages aapandi | message pampakandi | \
         message pampoddu | stop cheyandi | stop cheyyandi",
    ),
    row(
        "te-Latn",
        OptIn,
        "prarambhinchandi | modalupettandi | modalu pettandi | start cheyandi | start cheyyandi | \
         malli start cheyandi",
    ),
    row(
        "bn",
        OptOut,
        "বন্ধ | বন্ধ করো | বন্ধ কর | বন্ধ করুন | থামো | থামান | থামাও | মেসেজ বন্ধ করো | মেসেজ বন্ধ করুন | \
         বার্তা বন্ধ করুন | মেসেজ পাঠাবেন না | আর মেসেজ পাঠাবেন না | স্টপ",
    ),
    row(
        "bn",
        OptIn,
        "শুরু | শুরু করো | শুরু কর | শুরু করুন | চালু করো | চালু করুন | আবার শুরু করুন | মেসেজ চালু করুন | \
         স্টার্ট",
    ),
    row(
        "bn-Latn",
        OptOut,
        "bondho | bondho koro | bandho koro | bondho korun | thamo | thaman | message bondho koro | \
         message bondho korun | message pathaben na | stop koro | stop korun",
    ),
    row(
        "bn-Latn",
        OptIn,
        "shuru koro | suru koro | shuru korun | chalu koro | chalu korun | abar shuru koro | start koro | \
         start korun",
    ),
    row(
        "mr",
        OptOut,
        "थांबा | थांबवा | थांब | बंद करा | बंद कर | मेसेज बंद करा | मेसेज थांबवा | संदेश बंद करा | \
         संदेश थांबवा | मेसेज पाठवू नका | मला मेसेज पाठवू नका",
    ),
    row("mr", OptIn, "सुरू | सुरू करा | सुरु करा | चालू करा | पुन्हा सुरू करा | मेसेज सुरू करा | मेसेज चालू करा"),
    row(
        "mr-Latn",
        OptOut,
        "thamba | thambva | thambava | band kara | message band kara | message thambva | message pathvu naka | \
         msg pathvu naka | stop kara",
    ),
    row("mr-Latn", OptIn, "suru kara | chalu kara | punha suru kara | message suru kara | message chalu kara | start kara"),
    row(
        "gu",
        OptOut,
        "બંધ | બંધ કરો | બંધ કરી દો | રોકો | અટકાવો | મેસેજ બંધ કરો | સંદેશ બંધ કરો | મેસેજ ના મોકલો | \
         મેસેજ ન મોકલો | મને મેસેજ ના મોકલો | સ્ટોપ",
    ),
    row(
        "gu",
        OptIn,
        "શરૂ | શરૂ કરો | ચાલુ | ચાલુ કરો | ફરી શરૂ કરો | ફરીથી શરૂ કરો | મેસેજ ચાલુ કરો | મેસેજ શરૂ કરો | \
         સ્ટાર્ટ",
    ),
    row(
        "gu-Latn",
        OptOut,
        "bandh | bandh kari do | band kari do | atkavo | message bandh karo | message na moklo | msg na moklo | \
         mane message na moklo",
    ),
    row("gu-Latn", OptIn, "sharu karo | saru karo | chalu kari do | fari sharu karo | farithi sharu karo | message sharu karo"),
    row(
        "kn",
        OptOut,
        "ನಿಲ್ಲಿಸು | ನಿಲ್ಲಿಸಿ | ನಿಲ್ಲಿಸಿರಿ | ಸಂದೇಶ ನಿಲ್ಲಿಸಿ | ಸಂದೇಶಗಳನ್ನು ನಿಲ್ಲಿಸಿ | ಮೆಸೇಜ್ ನಿಲ್ಲಿಸಿ | \
         ಮೆಸೇಜ್ ಕಳಿಸಬೇಡಿ | ಮೆಸೇಜ್ ಕಳುಹಿಸಬೇಡಿ | ಸ್ಟಾಪ್",
    ),
    row(
        "kn",
        OptIn,
        "ಪ್ರಾರಂಭಿಸು | ಪ್ರಾರಂಭಿಸಿ | ಶುರು ಮಾಡಿ | ಶುರುಮಾಡಿ | ಆರಂಭಿಸಿ | ಮತ್ತೆ ಪ್ರಾರಂಭಿಸಿ | ಮೆಸೇಜ್ ಶುರು ಮಾಡಿ | \
         ಸ್ಟಾರ್ಟ್",
    ),
    row(
        "kn-Latn",
        OptOut,
        "nillisu | nillisi | message nillisi | messages nillisi | message kalisabedi | message kalsbedi | \
         stop maadi | stop madi",
    ),
    row(
        "ml",
        OptOut,
        "നിർത്തുക | നിർത്തൂ | നിർത്ത് | നിർത്തണം | മെസേജ് നിർത്തുക | മെസേജ് നിർത്തൂ | സന്ദേശം നിർത്തുക | സന്ദേശങ്ങൾ നിർത്തുക | \
         മെസേജ് അയക്കരുത് | മെസേജ് അയക്കണ്ട | ഇനി മെസേജ് വേണ്ട | സ്റ്റോപ്പ് | സ്റ്റോപ്",
    ),
    row(
        "ml",
        OptIn,
        "തുടങ്ങുക | തുടങ്ങൂ | ആരംഭിക്കുക | ആരംഭിക്കൂ | വീണ്ടും തുടങ്ങുക | വീണ്ടും ആരംഭിക്കുക | മെസേജ് തുടങ്ങുക | സന്ദേശങ്ങൾ ആരംഭിക്കുക | \
         സ്റ്റാർട്ട്",
    ),
    row(
        "ml-Latn",
        OptOut,
        "nirthuka | nirthu | nirthoo | message nirthuka | message nirthu | message ayakkaruthu | message ayakkaruth | \
         message ayakkanda | message venda | stop cheyyu | stop cheyyuka",
    ),
    row("ml-Latn", OptIn, "thudanguka | thudangu | arambhikkuka | veendum thudanguka | message thudanguka | start cheyyu | start cheyyuka"),
    row(
        "pa",
        OptOut,
        "ਬੰਦ | ਬੰਦ ਕਰੋ | ਬੰਦ ਕਰ ਦਿਓ | ਬੰਦ ਕਰ ਦੋ | ਰੋਕੋ | ਰੋਕ ਦਿਓ | ਮੈਸੇਜ ਬੰਦ ਕਰੋ | ਸੁਨੇਹੇ ਬੰਦ ਕਰੋ | ਮੈਸੇਜ ਨਾ ਭੇਜੋ | ਸੁਨੇਹੇ ਨਾ ਭੇਜੋ | \
         ਮੈਨੂੰ ਮੈਸੇਜ ਨਾ ਭੇਜੋ | ਮੈਸੇਜ ਨਹੀਂ ਚਾਹੀਦੇ | ਸਟਾਪ",
    ),
    row("pa", OptIn, "ਸ਼ੁਰੂ | ਸ਼ੁਰੂ ਕਰੋ | ਚਾਲੂ | ਚਾਲੂ ਕਰੋ | ਫਿਰ ਸ਼ੁਰੂ ਕਰੋ | ਦੁਬਾਰਾ ਸ਼ੁਰੂ ਕਰੋ | ਮੈਸੇਜ ਸ਼ੁਰੂ ਕਰੋ | ਮੈਸੇਜ ਚਾਲੂ ਕਰੋ | ਸਟਾਰਟ"),
    row(
        "pa-Latn",
        OptOut,
        "band kar deo | band kar dio | rok deo | rok dio | message band kar deo | message na bhejo ji | mainu message na bhejo | \
         message nahi chahide | messages nahi chahide | suneha na bhejo",
    ),
    row("pa-Latn", OptIn, "shuru kar deo | shuru kar dio | chalu kar deo | chalu kar dio | fer shuru karo | dubara shuru karo"),
    row("or", OptOut, "ବନ୍ଦ | ବନ୍ଦ କର | ବନ୍ଦ କରନ୍ତୁ | ଅଟକାନ୍ତୁ | ମେସେଜ ବନ୍ଦ କରନ୍ତୁ | ସନ୍ଦେଶ ବନ୍ଦ କରନ୍ତୁ | ମେସେଜ ପଠାନ୍ତୁ ନାହିଁ | ଷ୍ଟପ"),
    row("or", OptIn, "ଆରମ୍ଭ | ଆରମ୍ଭ କର | ଆରମ୍ଭ କରନ୍ତୁ | ଚାଲୁ କରନ୍ତୁ | ପୁଣି ଆରମ୍ଭ କରନ୍ତୁ | ମେସେଜ ଆରମ୍ଭ କରନ୍ତୁ | ଷ୍ଟାର୍ଟ"),
    row("or-Latn", OptOut, "banda kara | banda karantu | message banda karantu | message pathantu nahin | message pathantu nahi"),
    row("or-Latn", OptIn, "arambha kara | arambha karantu | chalu karantu | puni arambha karantu | message arambha karantu"),
    row("kn-Latn", OptIn, "prarambhisi | shuru maadi | shuru madi | arambhisi | matte shuru maadi | start maadi | start madi"),
];
