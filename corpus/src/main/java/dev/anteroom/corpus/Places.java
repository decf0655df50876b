package dev.anteroom.corpus;

import java.util.Random;

/** Composes towns, streets and facilities, and knows which postal codes belong to a state. Stateless. */
final class Places {
    private static final String[] CITIES = """
            Albuquerque|Amarillo|Anchorage|Baton Rouge|Billings|Boise|Chattanooga|Cheyenne|Cincinnati|Corpus Christi|Des Moines|Duluth|Durham|\
            El Paso|Eugene|Fargo|Fresno|Gainesville|Galveston|Grand Rapids|Hattiesburg|Honolulu|Kalamazoo|Knoxville|Lafayette|Lubbock|\
            Milwaukee|Missoula|Nashville|Omaha|Oshkosh|Pensacola|Pittsburgh|Poughkeepsie|Providence|Sacramento|Savannah|Scranton|Sheboygan|\
            Spokane|Syracuse|Tacoma|Tallahassee|Toledo|Topeka|Tucson|Tulsa|Wichita|Winston-Salem|Yonkers""".split("\\|");
    private static final String[] TOWN_START = """
            Alder Ashby Bram Brindle Calder Carver Cald Dunmore Elder Ellis Fenwick Garrick Hadley Hallow Harrow Hawthorn Holloway Kings
            Kirk Lang Lark Linden Marl Marsden Merri Millbrook Nether Orchard Pember Quill Raven Rosen Sedge Shel Stan Thorn Tilbury Vander
            Wal Wex Whit Winter Yar""".split("\\s+");
    private static final String[] TOWN_END =
            "bury by combe dale field ford ham haven hurst ley minster moor mouth port ridge stead ton vale view ville wick worth"
                    .split(" ");
    private static final String[] TOWN_SECOND = {
        " Falls",
        " Springs",
        " Heights",
        " Junction",
        " Ferry",
        " Hollow",
        " Corners",
        " Mills",
        " Crossing",
        " Prairie"
    };
    private static final String[] STREET_KIND =
            "Street|Avenue|Road|Lane|Drive|Court|Boulevard|Place|Terrace|Way|Trail|Circle|St|Ave|Rd|Blvd|Pkwy"
                    .split("\\|");
    private static final String[] STREET_WORD = """
            Sycamore Chestnut Juniper Magnolia Hickory Mulberry Tamarack Sassafras Larkspur Foxglove Bellflower Meadowlark Kingfisher
            Whippoorwill Stonecutter Wheelwright Cooperage Tannery Quarryman Lantern Beacon Orchard Vineyard Cannery Ropewalk""".split("\\s+");
    private static final String[] FACILITY_KIND = """
            Medical Center|Community Hospital|Regional Medical Center|Memorial Hospital|General Hospital|Clinic|Family Health Center|\
            Surgical Center|Rehabilitation Hospital|Nursing Home|Children's Hospital|Cancer Institute|Dialysis Center|Pharmacy|\
            Imaging Associates|Behavioral Health|Hospice|Urgent Care|Orthopedic Group|Veterans Home""".split("\\|");
    private static final String[] SAINTS =
            "Brendan Walburga Casimir Kateri Columba Ansgar Perpetua Cyprian Etheldreda Wenceslaus".split(" ");
    private static final String[] STATES = """
            AL:350-369 AZ:850-865 CA:900-961 CO:800-816 FL:320-349 GA:300-319
            IL:600-629 IN:460-479 KS:660-679 KY:400-427 MA:010-027 MD:206-219
            MI:480-499 MN:550-567 MO:630-658 NC:270-289 NJ:070-089 NY:100-149
            OH:430-459 OK:730-749 OR:970-979 PA:150-196 TN:370-385 TX:750-799
            VA:220-246 WA:980-994 WI:530-549""".split("\\s+");

    private Places() {}

    static String city(Random random) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> pick(random, CITIES);
            case 2 -> pick(random, TOWN_START) + pick(random, TOWN_END);
            default -> pick(random, TOWN_START) + pick(random, TOWN_END) + pick(random, TOWN_SECOND);
        };
    }

    /** A street without a house number. */
    static String street(Random random) {
        String word =
                random.nextBoolean() ? pick(random, STREET_WORD) : pick(random, TOWN_START) + pick(random, TOWN_END);
        String direction = random.nextInt(6) == 0 ? pick(random, new String[] {"North ", "S. ", "West ", "E. "}) : "";
        return direction + word + ' ' + pick(random, STREET_KIND);
    }

    static String facility(Random random) {
        String kind = pick(random, FACILITY_KIND);
        return switch (random.nextInt(4)) {
            case 0 -> (random.nextBoolean() ? "Saint " : "St. ") + pick(random, SAINTS) + "'s " + kind;
            case 1 -> pick(random, Names.FAMILY) + ' ' + kind;
            case 2 -> pick(random, TOWN_START) + pick(random, TOWN_END) + ' ' + kind;
            default -> pick(random, CITIES) + ' ' + kind;
        };
    }

    /** A two-letter state. */
    static String state(Random random) {
        return pick(random, STATES).substring(0, 2);
    }

    /** Five digits whose first three are in use in {@code state}. */
    static String zip(Random random, String state) {
        for (String entry : STATES) {
            if (entry.startsWith(state)) {
                int low = Integer.parseInt(entry.substring(3, 6));
                int high = Integer.parseInt(entry.substring(7, 10));
                return String.format(
                        java.util.Locale.ROOT,
                        "%03d%02d",
                        low + random.nextInt(high - low + 1),
                        1 + random.nextInt(98));
            }
        }
        throw new IllegalArgumentException("state: " + state + " (expected: one of the composed states)");
    }

    static <T> T pick(Random random, T[] of) {
        return of[random.nextInt(of.length)];
    }
}
