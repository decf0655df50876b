package dev.anteroom.phi;

/** The word lists of the rules, each separated by white space. Immutable. */
final class LexiconWords {

    static final int LONGEST = 32;

    static final String[] MONTH_VALUES = {
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sep sept",
        "october oct",
        "november nov",
        "december dec"
    };

    static final String MONTHS = String.join(" ", MONTH_VALUES);

    static final String WEEKDAYS = """
            monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun""";

    static final String HOLIDAYS = """
            christmas thanksgiving easter halloween hanukkah ramadan diwali passover xmas""";

    static final String TITLES = "dr mr mrs ms prof mx drs";

    static final String WEAK_TITLES = """
            doctor miss professor nurse sister brother father rev reverend rabbi imam pastor sgt sergeant officer
            detective lieutenant captain capt sir madam dame surgeon therapist attorney judge baby babyboy babygirl""";

    static final String CREDENTIALS = """
            md do rn np pa phd dnp aprn lpn cna fnp pac crna msn bsn dds dmd dpm dvm pharmd rph lcsw msw lmft lpc psyd
            facs facp faap facc mbbs frcs mrcp cnm ma esq od dc ot otr pt dpt slp rd rdn bcps fnpbc fnpc lmsw lcpc""";

    static final String STATE_ABBREVIATIONS = """
            al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok
            or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr""";

    static final String STATES = """
            alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho
            illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi
            missouri montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon
            pennsylvania tennessee texas utah vermont virginia wisconsin wyoming""";

    static final String STREET_SUFFIXES = """
            street avenue ave boulevard blvd lane ln rd parkway pkwy highway hwy terrace terr cir freeway fwy expressway
            turnpike tpke""";

    static final String AMBIGUOUS_STREET_SUFFIXES = """
            st road drive dr court ct way place pl square sq circle trail trl row walk loop alley plaza crescent close run
            path pass pike ridge crossing point route hill hills alley annex arcade bay beach bend bluff bluffs bottom branch bridge
            brook brooks burg bypass camp canyon cape causeway club common commons corner corners course cove creek crest
            crossroad curve dale dam divide estate estates expressway extension fall falls ferry field fields flat flats ford
            fords forest forge forges fork forks fort garden gardens gateway glen glens green greens grove groves harbor
            harbors haven heights hollow inlet island islands isle junction junctions key keys knoll knolls lake lakes land
            landing light lights locks lodge mall manor meadow meadows mews mill mills mission motorway mount mountain
            mountains neck orchard oval overpass park parks parkways passage pine pines plain plains port ports prairie radial
            ramp ranch rapid rapids rest river rue shoal shoals shore shores skyway spring springs spur spurs squares station
            stravenue stream streets summit throughway trace track trafficway tunnel underpass union unions valley valleys
            viaduct view views village villages ville vista walks wall ways well wells""";

    static final String FACILITY_HEADS = """
            hospital hospitals hosp clinic clinics infirmary hospice sanatorium polyclinic center centre pharmacy
            medicine healthcare health hospitalists institute campus manor""";

    static final String FACILITY_WORDS = """
            medical memorial regional general community university childrens children's county system network associates
            veterans va methodist baptist lutheran presbyterian catholic jewish adventist children women's nursing
            rehabilitation rehab group partners foundation home school church academy college elementary high
            saint st mount mt mercy trinity sacred heart providence""";

    static final String GENERIC_FACILITY_WORDS = """
            medical center centre hospital clinic health care healthcare cancer pain surgery surgical urgent primary heart
            stroke trauma wound family internal medicine general outpatient inpatient ambulatory day community local
            emergency eye ear sleep dental women's children's children women men's pediatric cardiac cardiology oncology
            dialysis renal burn birth birthing infusion imaging radiology rehabilitation rehab nursing home assisted living
            skilled long term acute mental behavioral public private tertiary referral academic teaching transplant
            diabetes endocrine orthopedic neurology rheumatology allergy asthma travel fertility methadone anticoagulation
            coumadin warfarin hospice pharmacy institute program department unit the a an this that our your their his her
            my outside another any each both same nearest and of for follow up at to from in county state system network
            regional university memorial veterans va school research study wellness weight loss memory falls fall vein
            foot device pacemaker lipid hypertension hepatology gi gyn ob obstetric prenatal walk free specialty
            multidisciplinary call data contact command operations poison control disease nerve satiety vasomotor speech
            national clinical patient visit resident campus manor hospitals clinics is was with by on prior per when""";

    static final String FUNCTION_WORDS = """
            a an this that our your their his her my any each both same at to from in with by on is was per when prior up if
            or as be are were has had have will would should can could may""";

    static final String FACILITY_BRANDS = """
            mayo kaiser cedars sinai hopkins brigham mgh ucla ucsf ucsd nyu utsw upmc ummc mskcc bwh chop bidmc ohsu
            geisinger intermountain montefiore dartmouth vanderbilt stanford duke emory tufts northwell novant sutter
            ascension banner dignity sentara ochsner sanford aurora beaumont spectrum mercyone walgreens cvs
            wellstar centracare memorialcare uchealth bellevue""";

    static final String ORDINALS = """
            first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
            fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty-first""";

    static final String NUMBER_WORDS = """
            ninety hundred nonagenarian centenarian ten eleven twelve thirteen fourteen fifteen
            sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty""";

    static final String DIGIT_WORDS = "zero one two three four five six seven eight nine";

    static final String UNITS = """
            mg mcg ug μg g gm gms gram grams kg kgs lb lbs pound pounds oz ounce ounces ml mls cc l dl liter liters litre
            litres meq mmol mol nmol pmol umol μmol mosm mosmol iu units unit u miu mu mm cm m km inch inches in ft feet foot
            mmhg cmh torr kpa bpm beats breaths bps hz khz f c fr gauge ga tablet tablets tab tabs capsule
            capsules cap caps pill pills drop drops gtt puff puffs spray sprays patch patches vial vials dose doses
            ampule ampules amp amps teaspoon tsp tablespoon tbsp percent pct degrees degree deg ng pg fl msec ms
            kcal cal cals calories joules j gy cgy rads msv mci ci bq copies cells cfu pack packs ppd cigarettes drinks
            points point pts mets watts w kw steps reps sets session sessions cycles cycle fractions fraction mgs mcgs
            kilograms kilogram milligrams milligram micrograms microgram milliliters centimeters centimeter millimeters
            millimeter meters meter fold x times per hpf lpf k thou thousand million billion sec kda bp mb kb letters
            electrodes leads channels systolic diastolic holosystolic murmur dollars patients people subjects cases women men children participants""";

    static final String DURATIONS = """
            second seconds secs minute minutes min mins hour hours hr hrs h day days d week weeks wk wks w month months mo
            mos year years yr yrs y yo decade decades night nights""";

    static final String MEASURES = """
            n abg vbg bp hr rr t temp temperature pulse pulses resp resps respirations rate sat sats spo sao o pao paco pco po ph
            fio bmi weight wt height ht bsa na k cl co hco bun cr creat creatinine gfr egfr glucose glu gluc bg bs fsbs
            a hba hgb hb hemoglobin hct hematocrit wbc rbc plt plts platelet platelets mcv mch mchc rdw anc alc neutrophils
            lymphocytes eosinophils inr ptt aptt pt ast alt alp ggt bili bilirubin tbili albumin alb protein ldh ck cpk
            troponin trop trops bnp nt probnp tsh ft ftf crp esr ferritin iron tibc calcium ca mg mag magnesium phos phosphorus
            phosphate potassium sodium chloride bicarb bicarbonate lactate ammonia lipase amylase ldl hdl cholesterol
            triglycerides tg trig psa cea afp hcg vitamin dimer fibrinogen procalcitonin cd viral gcs apgar apgars score
            scores moca mmse phq gad audit nyha ecog kps karnofsky nihss meld chads vasc asa mallampati wells curb
            apache sofa qsofa braden morse ef lvef fev fvc dlco stage grade class type level levels pain gravida para
            g p gestation ga fundal dilated dilation station effacement bishop size measuring measured measures
            map cvp pcwp pcwpci sbp dbp systolic diastolic tmax peep vt tv pip vac fasting random postprandial
            osm osmolality anion gap strength reflexes visual acuity od os ou iop lot intake output i uop ebl
            factor titer dose dosage load count ratio index a1c hemoglobina percentile z sd ci hazard odds
            average mean median range between approximately about around over under least than above below nearly
            risk probability rated rates rating eskd ckd copd gold figo bclc child pugh fitzpatrick tanner
            kellgren fontaine rutherford killip""";

    static final String NUMBERED = """
            page pages step steps item items question q figure fig table section chapter part phase visit week day month year
            cycle trial version v room bed floor ward unit bay vertebra lead leads tooth teeth digit toe finger zone segment
            grade type stage class level schedule category tier factor line no number numbers trimester hepatitis influenza
            interleukin complex group covid dtap pcv hpv stage lesion specimen image series""";

    static final String COMMON = """
            a an the and or but if then else when while of at by for with about against between into through during before
            after above below to from up down in out on off over under again further once here there where why how all any
            both each few more most other some such no nor not only own same so than too very can will just should now i me
            my we our you your he him his she her it its they them their what which who whom this that these those am is
            are was were be been being have has had having do does did doing would could might must shall may also yet
            per via vs versus etc re regarding concerning since until upon within without because although however
            therefore thus please thank thanks hello hi hey dear sincerely regards yes okay ok well still even much many
            one two three four five six seven eight nine ten new old good bad able unable likely unlikely possible
            possibly probable probably
            known unknown none null na unspecified other others first second third last next previous prior recent recently
            today tonight tomorrow yesterday now later soon never always often sometimes usually daily weekly monthly
            yearly annually morning afternoon evening night am pm date time day days week weeks month months year years
            hour hours minute minutes number numbers name names address city state zip code country phone fax email cell
            mobile home work office contact emergency information info details data record records report reports form
            forms list lists note notes noted file files id ids key value type types field section page question
            questions answer answers summary summarize summarise draft write letter message messages
            call calls called calling calls ask asks asked asking tell tells told say says said state states stated
            describe describes described give gives given take takes took taken taking need needs needed want wants
            wanted see sees seen saw look looks looking find finds found get gets got go goes went gone come comes came
            make makes made help helps helped use uses used using feel feels felt try tries tried keep keeps kept let
            lets start starts started starting stop stops stopped continue continues continued begin begins began
            discuss discusses discussed follow follows followed following send sends sent receive receives received
            request requests requested require requires required recommend recommends recommended schedule scheduled
            plan plans planned assess assesses assessed assessment review reviews reviewed reviewing update updated
            check checks checked order orders ordered confirm confirms confirmed verify verified agree agrees agreed
            deny denies denied denying endorse endorses endorsed complain complains complained complaint complaints
            present presents presented presenting presentation appear appears appeared remain remains remained show
            shows showed shown demonstrate demonstrates demonstrated reveal reveals revealed indicate indicates indicated
            suggest suggests suggested consider considers considered include includes included including exclude
            improve improves improved improving worsen worsens worsened worsening resolve resolves resolved increase
            increases increased decrease decreases decreased change changes changed male female man woman men women boy
            girl boys girls child children infant infants baby adult adults person people everyone someone anyone nobody
            gentleman lady son daughter mother father parent parents wife husband spouse partner brother sister
            mom dad mum mommy daddy grandma grandpa nana worker workers yeah yep nope nah uh um hmm mmm wow sorry sure great
            fine absolutely definitely exactly correct right actually honestly basically unfortunately fortunately maybe
            perhaps lately occasionally typically generally mostly really just kind sort pretty pleasure welcome oh non god america brazil korea mexico china india germany france japan canada england vietnam philippines
            haiti cuba italy spain poland russia ukraine iran iraq syria egypt nigeria kenya ethiopia ghana somalia pakistan
            bangladesh nepal europe africa asia usa us uk jamaica colombia peru ireland scotland australia
            benefit benefits benefited cover covers covered covering works working employed qualify qualifies tolerate tolerates
            tolerating respond responds responding undergo undergoes undergoing resume resumes restart switch switched
            develop develops developed developing transition transitions arrive arrives arrived bring brings wait waiting arrange avoid maintain return returned policy
            aunt uncle cousin niece nephew grandmother grandfather grandson granddaughter friend friends family
            relative relatives caregiver guardian roommate neighbor boyfriend girlfriend fiance fiancee
            thinks think thought wrote writes refused refuses refuse disagree disagreed disagrees insists insisted objects objected
            documented documents prescribed prescribes proceed proceeds proceeded died away tested knew declined declines
            wishes returns healthy alive awake aside believes rounding unaware pending absent reported written signed approved
            inside outside leaving joined quit whether instead unless though onto visited visiting finally sadly reportedly
            colleague colleagues editor hiring manager managers
            allegedly apparently yours kindly meanwhile otherwise besides moreover hopefully thankfully luckily initially
            eventually currently previously originally waitlist waitlisted emailed emails paged bounced forwarding forwarded
            attached compare compared search renewed convert translate elderly intubated extubated newpt designated certified
            accredited""";

    static final String CLINICAL = """
            patient patients pt pts client resident residents subject provider providers physician physicians doctor
            doctors nurse nurses attending consultant consultants specialist surgeon therapist resident fellow intern
            practitioner clinician clinicians pharmacist dentist technician assistant staff team teams service services
            department unit ward room bed floor clinic clinics hospital hospitals center centre pharmacy hospice facility
            admission admissions admit admits admitted admitting discharge discharges discharged transfer transfers
            transferred consult consults consulted consultation referral referrals referred visit visits appointment
            appointments encounter follow up followup history hx social medical surgical family past current chronic acute
            severe mild moderate stable unstable critical normal abnormal negative positive elevated low high left right
            bilateral unilateral upper lower anterior posterior lateral medial proximal distal chest abdomen abdominal
            pelvis pelvic head neck back spine hip knee ankle foot feet shoulder elbow wrist hand arm leg eye eyes ear ears
            nose throat mouth skin heart lung lungs liver kidney kidneys brain bone bones blood urine stool sputum
            pain fever cough nausea vomiting diarrhea constipation fatigue weakness dizziness syncope dyspnea shortness
            breath edema swelling rash headache seizure seizures fall falls injury trauma fracture fractures wound wounds
            infection infections sepsis pneumonia bronchitis asthma copd chf cad cabg mi dvt pe afib htn dm gerd ckd esrd uti
            cva tia ms als hiv aids hepatitis tuberculosis tb covid influenza flu cancer carcinoma tumor mass lesion nodule
            malignancy metastasis metastatic lymphoma leukemia melanoma sarcoma anemia diabetes diabetic hypertension
            hypertensive hyperlipidemia hypothyroidism hyperthyroidism obesity obese depression depressive anxiety bipolar
            schizophrenia dementia delirium stroke ischemic hemorrhagic failure disease diseases disorder disorders syndrome
            condition conditions diagnosis diagnoses diagnosed dx ddx differential etiology prognosis treatment treatments
            treated therapy therapies procedure procedures surgery surgeries operation operative preoperative
            postoperative post pre op biopsy resection repair replacement transplant catheterization angiogram
            angiography echocardiogram echo ekg ecg eeg emg mri ct cta xray ray ultrasound scan scans imaging radiology
            pathology laboratory lab labs test tests testing result results panel culture cultures cbc bmp cmp lft lfts tsh
            medication medications meds med drug drugs dose doses dosing allergy allergies allergic nkda nka adverse
            reaction reactions side effects effect aspirin insulin metformin lisinopril atorvastatin amlodipine warfarin
            heparin eliquis xarelto plavix lasix furosemide metoprolol atenolol carvedilol losartan valsartan
            hydrochlorothiazide simvastatin omeprazole pantoprazole gabapentin pregabalin sertraline fluoxetine citalopram
            escitalopram bupropion trazodone lorazepam alprazolam clonazepam morphine oxycodone hydrocodone fentanyl
            tramadol acetaminophen tylenol ibuprofen motrin naproxen prednisone methylprednisolone dexamethasone albuterol
            fluticasone amoxicillin azithromycin ciprofloxacin levofloxacin vancomycin ceftriaxone cefepime zosyn
            piperacillin doxycycline bactrim keppra levetiracetam lamotrigine lithium quetiapine olanzapine risperidone
            haloperidol aripiprazole methotrexate humira ozempic jardiance lexapro zoloft prozac xanax ativan vitamin
            calcium iron potassium sodium magnesium oxygen saline vital vitals signs sign symptoms symptom exam
            examination physical mental status general appearance constitutional cardiovascular respiratory
            gastrointestinal genitourinary musculoskeletal neurological psychiatric endocrine hematologic heent
            cardiac pulmonary renal hepatic neuro neurologic psych extremities alert oriented distress acute afebrile
            subjective objective impression recommendations recommendation disposition chief reason indication
            indications findings finding conclusion comparison technique course hospital problem problems risk factors
            factor smoking smoker tobacco alcohol illicit etoh ivdu occupation lives insurance medicare medicaid coverage
            mrn ssn dob age sex gender race ethnicity marital religion language preferred interpreter code full dnr dni
            icu ccu micu sicu nicu picu er ed or pacu snf rehab ltac inpatient outpatient ambulatory
            primary secondary tertiary pcp cardiology cardiologist neurology neurologist oncology oncologist nephrology
            nephrologist gastroenterology gastroenterologist pulmonology pulmonologist endocrinology endocrinologist
            dermatology dermatologist rheumatology rheumatologist urology urologist gynecology gynecologist obstetrics
            obstetrician pediatrics pediatrician psychiatry psychiatrist psychology psychologist orthopedics orthopedic
            ophthalmology ophthalmologist otolaryngology ent anesthesia anesthesiology anesthesiologist radiologist
            pathologist hospitalist intensivist internist surgery surgeon podiatry hematology infectious
            case management worker education counseling counselled counseled instructions instruction advice advised
            aware understands understanding verbalized agreed consent consented authorization guidelines guideline criteria
            protocol study trial research evidence article source sources system user assistant model prompt response
            monitor monitored monitoring observe observed observation evaluation evaluate evaluated management manage managed care
            caring support hold held resume wean titrate titrated tolerate tolerated tolerating ambulate ambulating
            diff aureus pylori coli difficile pneumoniae pyogenes faecalis epidermidis burnetii krusei tropicalis
            glabrata auris albicans aeruginosa jirovecii
            plus minus total partial complete incomplete score scale level levels range rate ratio grade stage class
            thrombosis embolism stenosis regurgitation murmur rhythm rhythms fibrillation flutter tachycardia bradycardia
            block ejection fraction coronary artery arteries vein veins valve valves aortic mitral tricuspid
            reflux ulcer ulcers bleed bleeding hemorrhage hematoma clot perforation obstruction abscess cellulitis
            arthritis osteoarthritis osteoporosis gout lupus psoriasis eczema migraine neuropathy myopathy
            colonoscopy endoscopy mammogram dialysis chemotherapy radiation immunotherapy vaccine vaccines vaccination
            pregnancy pregnant prenatal postpartum delivery labor newborn neonatal preterm gestational menopause""";

    static final String GIVEN_NAMES = """
            mark
            james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald
            steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary
            nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank
            raymond jerry tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter noah jeremy
            christian keith roger terry gerald harold sean austin carl arthur lawrence dylan jesse jordan bryan billy joe
            bruce gabriel logan albert willie alan juan wayne elijah randy roy vincent ralph eugene russell bobby mason
            philip louis carlos miguel luis jorge pedro manuel antonio francisco ricardo alejandro diego fernando javier
            rafael roberto sergio eduardo victor oscar hector ivan mario raul ruben enrique alfredo arturo liam lucas
            oliver owen isaac caleb luke connor evan hunter cameron ian marcus derek travis curtis leonard stanley
            nathaniel mohammed muhammad mohamed ahmed ali omar hassan ibrahim yusuf rajesh sanjay amit vikram arjun ravi
            anil suresh wei jun chen hiroshi kenji takeshi dmitri sergei vladimir boris igor pierre jean hans klaus lars
            mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret
            ashley kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura
            cynthia amy kathleen angela shirley brenda emma anna pamela nicole samantha katherine christine helen debra
            rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly
            christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice
            ann kathryn abigail sophia frances jean alice judy isabella julia grace denise amber doris marilyn danielle
            beverly charlotte natalie theresa diana brittany kayla alexis lori marie rosa carmen guadalupe juana
            josefina ana luz leticia elena yolanda silvia lucia sofia gabriela isabel ines beatriz mia ava chloe zoe lily
            ella layla aisha fatima khadija priya anjali lakshmi sunita deepa ananya mei ling yuki keiko sakura olga
            natasha svetlana tatiana ingrid astrid greta heidi edith edna ethel gladys irene lillian lucille mildred
            thelma wanda agnes bernice florence gertrude hazel ida mabel minnie myrtle nellie opal pauline
            caitlin kaitlin kaitlyn hayley hailey taylor mackenzie jasmine destiny brianna alyssa alexandra victoria jocelyn
            courtney heidi jillian krista kristina marissa melinda melanie miriam monique naomi nora paige penelope peggy
            regina renee roberta roxanne sabrina savannah selena shannon shawn sherry sonia stacey stacy suzanne sydney
            tabitha tara toni tonya trisha valentina whitney yvette adrian adriana aidan aiden alan alberto alec alejandra
            alexandria alfred alma alvin amos ana anders andres angelica angelo annette antoinette archie ariana ariel arnold
            arlene audrey autumn barry belinda bella benny bernadette bernard bertha bethany blanca brady bradley brandi brandy
            bridget bryce byron candace candice carla carlton carrie casey cecilia cesar chelsea christa christie claudia
            clayton clifton clint clyde cody colin conrad corinne craig cristina daisy damian damon dana darlene darryl daryl
            dave deanna delores desiree devin dianne dolores dominic dominique don donnie doreen dwayne dwight eddie edgar
            edwin eleanor elena elias ella elliot elmer elsie elvis emilio emmanuel erik ernesto ervin esmeralda essie
            esther ethel eva evelyn everett faye felix fernanda fiona forrest francine frankie fred freda freddie frederick
            gail garrett gavin geneva geoffrey georgina gerard gilbert gilberto gregg guillermo gus gwen gwendolyn harold
            harriet harrison heath henrietta herman hilda homer howard hubert hugh hugo ignacio ira irma irving isabelle
            israel ivy jaime jamie jana janelle janette janie janis jared jasmin jeanette jeanne jeannie jenny jeremiah
            jermaine jerome jo joann joanna joanne jodi jody joel johanna jolene josephine joy juanita jules
            julian julian juliana juliet julio julius june justine kara kari karl karla kate katelyn katrina kay kayleigh
            kelley kelli kelvin kendra kenny kerry kirk kristy lamar lana lara latoya laurie lauri laverne lawanda leah
            leann leigh lena lenora leona leonardo leslie leticia levi lila lillie linda lionel lisa liza lois lola lora
            loren lorena lorenzo loretta lorraine lou louise lucia luella luther lydia lyle lynda lynette lynn mabel mack
            malcolm malik mandy marcella marcelo marcia margarita margie marguerite mariah mariana marian marianne maribel
            marjorie marla marlene marlon marsha marshall mattie maureen maxine meagan meghan mercedes meredith micah
            michael micheal miguel mindy misty moises mollie molly mona morris moses muriel myra nadia nadine nan nanette
            nettie nikki nina noel noelle noreen odessa ofelia olive ollie omar ophelia orlando otis pablo patsy patti patty
            paula pearl perry pete petra phoebe priscilla quentin rachael rafael ramiro ramon ramona randall raquel
            raymundo rebekah reynaldo rhonda ricky rigoberto robbie roberto robin robyn rochelle roderick rodolfo rogelio
            roland rolando roman ronda ronnie roosevelt rosalie rosalind rosario roseann rosemarie rosemary rosie roxana ruben
            rudolph rudy rufus sadie sally salvador salvatore sammy santiago santos saul sebastian seth sergio shari
            shauna shaun sheldon shelia shelley shelly sherri sheryl shirley sidney silas simon solomon sonja sonya spencer
            stacie stefan stella sterling stewart susana susie sylvester tabatha tamika tasha tera teri terrance terrence
            terri thaddeus theo tiffany toby tommie tracey travis tricia trevor trinity tyrone ursula valarie velma vera
            verna vernon vicki vicky viola violet virgil vivian wallace wilbur wilfred willard wilma winifred winston
            woodrow yesenia yvonne zachery zelda
            vivian phyllis rita sheila sylvia tammy tina tracy valerie vanessa veronica yvonne tanya tamara monica
            miranda kristen kristin kathy katie jill jenna holly gina felicia erin erica ellen eileen
            debbie dana crystal colleen claire cindy cassandra bonnie beth becky annie alicia allison alison
            leroy clarence ernest earl herbert floyd lloyd clifford norman milton cecil chester
            brent brad brett chad corey darren darrell dale dean duane dustin glenn gordon greg harvey
            jeff jim jimmy johnny jon josh kurt lee leo leon lester marvin matt maurice max mike mitchell
            nick phil ray reginald rick rodney ross shane stuart ted theodore tim todd tom tommy tony
            troy warren wesley wendell xavier zachariah""";

    static final String AMBIGUOUS_NAMES = """
            autumn ivy misty pearl olive violet daisy robin sterling spencer trinity mercedes destiny brandy candy summer ginger
            clay forrest heath homer ira israel jo mack marshall nan noel otis roman santiago santos sally shannon sydney
            taylor victoria wallace warren wilbur angelo cody craig don felix gus hugo joy june kay kirk lamar lou lynn mercedes
            mona moses nadia orlando pete petra salvador savannah stella theo tara toby tyler vera verna viola ursula
            amber crystal dale dean max ray grace chad christian mason hunter warren lily hazel opal jean holly virginia carol
            ida leo jun sue ling mei wei glenn earl lee rosa luz mia gloria norma lance grant mark frank bill rich art gene pat
            drew jack will may rose hope faith joy dawn gay guy marina logan wayne ross
            austin jordan madison charlotte florence diego jose francisco antonio juan luis georgia paris carmen
            beck becky sandy randy willie rick nick jon phil joe troy perry dakota
            chester milton mario lars ram jay leon""";

    static final String SURNAMES = """
            smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson
            anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis
            robinson walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera
            campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart
            morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim
            cox ward richardson watson brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo
            sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman butler
            henderson barnes gonzales fisher vasquez simmons romero jordan patterson alexander hamilton graham reynolds
            griffin wallace moreno west cole hayes bryant herrera gibson ellis tran medina aguilar stevens murray ford
            castro marshall owens harrison fernandez mcdonald woods washington kennedy wells vargas henry chen freeman
            webb tucker guzman burns crawford olson simpson porter hunter gordon mendez silva shaw snyder mason dixon
            munoz hunt hicks holmes palmer wagner black robertson boyd rose stone salazar fox warren mills meyer rice
            schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne grant dunn kelley spencer
            hawkins arnold pierce chang singh kumar khan ahmed ali hussain sharma gupta shah wang li zhang liu yang
            huang zhao wu zhou park choi yamamoto tanaka suzuki sato takahashi watanabe ivanov petrov smirnov kowalski
            novak muller schneider fischer weber hoffman klein schwartz cohen levy goldberg friedman rosenberg kaplan
            o'brien okafor okonkwo adeyemi mensah hansen larsen johansson andersson nielsen jensen doe""";

    /** Surnames that are everyday words, which stand for somebody only with a capital. */
    static final String EVERYDAY_SURNAMES = """
            young white black brown green gray king hill wood woods stone rose rice long price bell cook fisher hunter porter
            mason weaver gardner baker carter cooper turner walker parker page day love best wells fox wolf bird ward hall
            brooks rivers marsh field fields lane park banks west north east moon sun winter summer snow frost burns
            strong sharp swift wise noble power powers grant mills ford cross boss hand hands foot head fall moody barber
            butler singer sawyer shepherd archer bishop pope dean marshall major sergeant knight
            hope faith joy grace will mark bill frank rich guy jack pat art gene sue may june april august""";

    static final String CITIES = """
            boston chicago houston phoenix philadelphia dallas austin jacksonville columbus charlotte indianapolis seattle
            denver nashville portland detroit memphis louisville milwaukee baltimore albuquerque tucson fresno sacramento
            atlanta omaha miami oakland minneapolis tulsa tampa wichita cleveland honolulu anaheim lexington stockton
            cincinnati pittsburgh anchorage greensboro newark plano toledo orlando laredo chandler lubbock scottsdale reno
            buffalo chesapeake boise richmond spokane rochester tacoma fontana modesto huntsville knoxville birmingham
            montgomery shreveport akron tallahassee worcester providence springfield chattanooga eugene salem peoria
            lansing savannah syracuse dayton pasadena hartford bridgeport gainesville topeka hialeah yonkers brooklyn
            manhattan queens bronx duluth albany trenton harrisburg evansville durham raleigh lincoln
            london paris berlin madrid toronto montreal vancouver sydney melbourne mumbai delhi manila tokyo beijing
            shanghai lagos nairobi cairo dublin manchester edinburgh glasgow""";

    static final String TOP_LEVEL_DOMAINS = """
            com org net edu gov mil info biz health care clinic hospital dev app io ai co us uk ca de fr eu au nz ie nl ch
            es br mx jp cn ru xyz online site tech cloud doctor med local internal""";

    static final String DISEASE_NOUNS = """
            disease syndrome sign palsy lymphoma chorea dementia ulcer tumor sarcoma chromosome criteria criterion score
            scale classification test maneuver reflex phenomenon esophagus contracture fracture procedure valve catheter wort
            thyroiditis nodes nodules sling brace stain method technique orifice duct gland drain
            silk needle clamp clamps forceps retractor scissors speculum splint tube scientific type suture frame
            screen tool calculator algorithm rule consensus guidelines malformation
            encephalopathy triad law equation formula index effect tachycardia arthritis spots ataxia marie""";

    static final String CODE_LABELS = """
            icd cpt loinc snomed rxnorm hcpcs ndc drg icdcm nct rxcui cvx atc pmid pmc doi mesh hpo omim orphanet cas
            medra meddra""";

    static final String DATE_CONTEXT = """
            on since dated date dob until till born birth birthday admitted discharged seen visit visited
            starting started scheduled appointment monday tuesday wednesday thursday friday saturday sunday mon tue tues
            wed thu thur thurs fri sat sun due collected drawn performed signed surgery expires exp dos doa dod
            admission discharge effective beginning ending resulted refill refilled lmp edd edc""";

    private LexiconWords() {}
}
