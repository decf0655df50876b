package dev.anteroom.phi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Given names that stand for each other. Immutable. */
final class Nicknames {

    /** One group a line: every name in it may be written for every other. */
    private static final String GROUPS = """
            william bill billy will willie liam
            robert bob bobby rob robbie
            richard rick ricky dick rich
            james jim jimmy jamie
            john jack johnny jon
            jonathan jon jonny
            joseph joe joey
            thomas tom tommy
            charles charlie chuck chas
            michael mike mick mickey
            edward ed eddie ted ned
            theodore ted teddy theo
            daniel dan danny
            david dave davey
            steven stephen steve
            anthony tony
            andrew andy drew
            christopher chris kit
            matthew matt
            nicholas nick nicky
            patrick pat paddy
            peter pete
            samuel sam sammy
            benjamin ben benny
            alexander alex alec sandy
            gregory greg
            kenneth ken kenny
            ronald ron ronnie
            donald don donnie
            lawrence laurence larry
            henry harry hank
            harold harry hal
            george georgie
            francis frank frankie
            frederick fred freddie
            gerald gerry jerry
            jeffrey geoffrey jeff geoff
            raymond ray
            timothy tim timmy
            walter walt wally
            elizabeth liz lizzie beth betty eliza lisa libby
            margaret maggie meg peggy marge greta
            katherine catherine kathryn kate katie kathy cathy kitty
            patricia pat patty tricia trish
            jennifer jen jenny
            barbara barb babs
            susan sue susie suzanne
            deborah debra deb debbie
            dorothy dot dottie dolly
            rebecca becky becca
            victoria vicky vicki tori
            christina christine chris tina chrissy
            alexandra alex sandra lexi
            jacqueline jackie
            judith judy
            pamela pam
            cynthia cindy
            theresa teresa terry tess
            virginia ginny ginger
            eleanor ellie nell nora
            helen nell nellie
            abigail abby gail
            samantha sam sammie
            nancy ann
            mary molly polly mamie
            martha marty mattie
            sarah sally sadie
            """;

    private static final Map<String, List<String>> OTHERS = others();

    private Nicknames() {}

    private static Map<String, List<String>> others() {
        Map<String, List<String>> others = new HashMap<>();
        for (String line : GROUPS.lines().toList()) {
            List<String> group = List.of(line.strip().split(" "));
            for (String name : group) {
                List<String> known = others.computeIfAbsent(name, _ -> new ArrayList<>());
                group.stream()
                        .filter(other -> !other.equals(name) && !known.contains(other))
                        .forEach(known::add);
            }
        }
        others.replaceAll((_, names) -> List.copyOf(names));
        return Map.copyOf(others);
    }

    /** Returns what else a given name in lower case may be written as. */
    static List<String> of(String given) {
        return OTHERS.getOrDefault(given, List.of());
    }
}
