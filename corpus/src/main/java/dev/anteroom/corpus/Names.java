package dev.anteroom.corpus;

/** Given and family names of many origins, chosen so that none is an ordinary English word. Stateless. */
final class Names {
    static final String[] GIVEN = """
            Adaeze Aditya Agnieszka Aisling Akosua Alejandra Alistair Amadou Amalia Amara Amelie Anahit Anders Aniceto Anneliese Antonina
            Apinya Ariadne Arjun Armando Asuncion Ayodele Aziza Babajide Bartholomew Beatrix Benedikt Bernadette Bhavna Birgitta Bogdan
            Bronwyn Caoimhe Catalina Cedric Chiamaka Chidi Clemence Concepcion Cornelius Cosima Cuauhtemoc Dagmar Damodar Daniela
            Darius Deepika Delphine Demetrius Desmond Dieudonne Dimitra Dolores Dragana Edeltraud Efrain Eileen Ekaterina Eleuterio
            Elizabeth Emeka Emmanuelle Enrique Erzsebet Eszter Eudora Evangelos Fatoumata Fenella Feodor Fernanda Fitzgerald Florentina
            Francisco Frederika Gabriela Geraldine Ghislaine Giancarlo Gideon Giuseppe Gregorio Gudrun Guillermo Gwendolyn Habiba Hamish
            Haruka Heloise Henrietta Hermione Hiroshi Ibrahim Ignatius Ildiko Imelda Imogen Indira Ingeborg Isidora Iskander
            Itzel Jacinta Jagoda Jamaal Jayanthi Jennifer Jeremiah Joaquin Johannes Jolanta Josephine Juliana Kaikane Kalinda Kamala
            Katarzyna Kehinde Keoni Khadija Kimberly Kofi Kristjan Kwabena Lakshmi Latoya Leilani Leopold Linnea Lucinda Ludmila Luther
            Magdalena Mahmoud Malgorzata Manuela Marcellus Margarita Mariam Marguerite Matthias Maximilian Mehmet Mercedes Meredith
            Michelangelo Minh-Anh Miroslav Mohammed Monique Mustafa Nadezhda Nanami Narges Natividad Ngozi Nicanor Nikolaos Nirmala
            Noelani Octavio Olufemi Oksana Ophelia Orlando Oswaldo Parvati Penelope Philippa Pilar Prakash Qiuyue Quentin
            Rajesh Ramona Rashida Renata Reynaldo Rhiannon Rigoberto Rosalind Roswitha Ruaridh Sakura Salvatore Sanjay Saoirse Seraphina
            Shanice Siobhan Sofronia Solveig Stanislaw Sunniva Svetlana Tadeusz Takashi Tamsin Tanvi Tatiana Teodoro Thandiwe Theodora
            Thorvald Tomoko Ulrich Urszula Valentina Vasiliki Venkatesh Veronica Vikram Wilhelmina Winifred Xiomara Xochitl Yamileth
            Yasmin Yevgenia Yolanda Yusuf Zbigniew Zenobia Zoltan Zuleika""".split("\\s+");

    static final String[] FAMILY = """
            Abdulrahman Abernathy Abiodun Achterberg Adebayo Afolabi Aguilar Ahmadzai Akintola Albuquerque Alvarado Amundsen
            Anagnostopoulos Andersson Antwi Aquino Arbogast Arslan Asante Asghari Avetisyan Ayala Babatunde Bachmann Bagramyan Balasubramanian
            Bandaranaike Baptiste Barzani Bautista Begum Bergstrom Bhattacharya Bialik Bjornstad Blankenship Bogdanov Bouchard Braithwaite
            Buenaventura Cadwallader Calloway Camacho Castellanos Chakraborty Chaudhry Chernyshev Chikwanha Choudhury Christodoulou
            Cienfuegos Clutterbuck Contreras Coolidge Cruickshank Czarnecki Dabrowski D'Angelo Davenport Delacroix Delgado Demirci
            Desrosiers Diallo Dimitrov Djokovic Dlamini Donaldson Dragomir Dubois Dushku Dvorak Dzhabrailov Echevarria Edelstein Eisenberg
            Ekwueme Elizondo Endicott Enriquez Eriksen Escobedo Etcheverry Fairweather Farahani Featherstone Feldmann Fernandez
            Fitzpatrick Flanagan Fonseca Fujimoto Gagnon Gallagher Garabedian Gavrilov Gebreselassie Ghebremariam Giannopoulos Gillespie
            Goldschmidt Gonzalez Gopalakrishnan Grabowski Granados Grzybowski Guerrero Gunnarsson Gutierrez Haddad Halvorsen Hamidullah
            Haraldsson Hashimoto Heathcote Hernandez Hidalgo Hinojosa Hoang Hollingsworth Horvath Hosseini Hovhannisyan Ibarra Igwe
            Ilunga Inoue Iyer Jablonski Jankowski Jaramillo Jayawardena Jimenez Johansson Jorgensen Kamau Kaplowitz Karapetyan Kawasaki
            Kazantzakis Kekahuna Khachaturian Khalil Kiplagat Kobayashi Kowalczyk Kozlowski Krishnamurthy Kuznetsov Kwiatkowski
            Lagerkvist Lamoureux Lindqvist Lipschitz Llewellyn Lombardi Longoria Lukashenko Macdonald Mackiewicz Maharaj Makinde
            Mandelbaum Marchetti Margolis Marroquin Matsumoto Mavromatis McAllister McGillicuddy Mbeki Mendoza Mikhailov Mkhize
            Montenegro Morozova Mukherjee Mutasa Nakamura Naranjo Ndiaye Nevarez Nguyen Niedermeyer Nikolaidis Nkosi Novotny Nwosu
            Obermeier O'Callaghan Ochoa O'Donoghue Ogunbanjo Okafor Okonkwo Olszewski O'Shaughnessy Ostrowski Oyelaran Papadakis
            Parthasarathy Pashayan Patel Pellegrini Penhaligon Petrosyan Pfeiffer Phetchabun Piotrowski Plantagenet Pokharel Popescu
            Quesada Quisenberry Radhakrishnan Ramaswamy Rasmussen Reinholt Restrepo Rosenzweig Rutherford Saavedra Sakamoto Santangelo
            Satterfield Schreiber Sepulveda Shevchenko Shrestha Siddiqui Sithole Skarsgard Srinivasan Stavropoulos Sutherland Szymanski
            Takahashi Tantisuwan Tchaikowski Thibodeaux Thistlewood Trujillo Tsosie Tuipulotu Uchenna Uwimana Valenzuela Vandermeer
            Vasquez Venkataraman Villanueva Vlahovic Waclawski Wanjiru Weatherby Whitcombe Wijesinghe Winterbottom Wojciechowski Xiong
            Yamamoto Yazzie Yilmaz Zaragoza Zhuravlev Zielinski Zimmermann Zubiri""".split("\\s+");

    /** Family names written with a space, a hyphen or letters beyond ASCII. */
    static final String[] FAMILY_LONG = {
        "de la Cerda",
        "van der Bijl",
        "von Hagenow",
        "dos Santos",
        "al-Khatib",
        "ben Shimon",
        "Müllenbach",
        "Peñaranda",
        "Łukasiewicz",
        "Brännström",
        "Núñez-Ortega",
        "Okoro-Whitfield",
        "Desjardins-Tremblay",
        "Nguyễn",
        "Şahin",
        "Kovačević",
        "Sørensdatter",
        "Le Goff",
        "St. Clair",
        "Mac Giolla"
    };

    private Names() {}
}
