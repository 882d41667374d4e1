"""Common given names and surnames per country, to draw invented people from."""

FEMININE_SURNAMES = {"AZ", "BY", "KG", "KZ", "RU", "TJ", "TM", "UZ"}

NAMES: dict[str, dict[str, list[str]]] = {
    "AZ": {
        "female": ["Aysel", "Leyla", "Nigar", "Sevinj", "Gunay", "Ulviyya"],
        "male": ["Elchin", "Rashad", "Orkhan", "Tural", "Kamran", "Vusal"],
        "surname": ["Bakhshiyev", "Rzayev", "Novruzov", "Karimli", "Shirinov", "Yagubov"],
    },
    "BY": {
        "female": ["Alesia", "Volha", "Darya", "Natallia"],
        "male": ["Andrei", "Siarhei", "Maksim", "Uladzimir"],
        "surname": ["Kavalchuk", "Zhuk", "Baranau", "Sidarenka", "Harbach"],
    },
    "GE": {
        "female": ["Nino", "Tamar", "Ketevan", "Salome"],
        "male": ["Giorgi", "Levan", "Irakli", "Zurab"],
        "surname": ["Beridze", "Kapanadze", "Lomidze", "Gelashvili", "Maisuradze"],
    },
    "IR": {
        "female": ["Maryam", "Zahra", "Shirin", "Parisa"],
        "male": ["Reza", "Amir", "Hossein", "Navid"],
        "surname": ["Ahmadi", "Hosseini", "Karimi", "Moradi", "Rostami"],
    },
    "KG": {
        "female": ["Aigul", "Nurgul", "Cholpon", "Jyldyz"],
        "male": ["Azamat", "Bakyt", "Nurlan", "Ulan"],
        "surname": ["Asanov", "Toktogulov", "Sydykov", "Mamytov", "Osmonov"],
    },
    "KZ": {
        "female": ["Aigerim", "Dinara", "Saule", "Zhanar"],
        "male": ["Arman", "Daulet", "Yerlan", "Timur"],
        "surname": ["Akhmetov", "Bekov", "Ospanov", "Sadykov", "Zhumabayev"],
    },
    "MD": {
        "female": ["Doina", "Ana", "Cristina", "Ludmila"],
        "male": ["Ion", "Vasile", "Mihai", "Andrei"],
        "surname": ["Rusu", "Munteanu", "Ceban", "Lungu", "Popa"],
    },
    "RU": {
        "female": ["Anna", "Elena", "Olga", "Irina"],
        "male": ["Alexey", "Dmitry", "Nikolay", "Pavel"],
        "surname": ["Smirnov", "Volkov", "Sokolov", "Lebedev", "Zaytsev"],
    },
    "TJ": {
        "female": ["Madina", "Zarina", "Firuza", "Gulnora"],
        "male": ["Farrukh", "Jamshed", "Rustam", "Umed"],
        "surname": ["Nazarov", "Rahimov", "Sharipov", "Kurbonov", "Mirzoev"],
    },
    "TM": {
        "female": ["Ogulgerek", "Maral", "Jeren", "Bahar"],
        "male": ["Merdan", "Serdar", "Begench", "Dovlet"],
        "surname": ["Annayev", "Orazov", "Hojayev", "Atayev", "Gurbanov"],
    },
    "TR": {
        "female": ["Elif", "Zeynep", "Selin", "Burcu"],
        "male": ["Emre", "Mert", "Kerem", "Onur"],
        "surname": ["Yılmaz", "Kaya", "Demir", "Aydın", "Özkan"],
    },
    "UA": {
        "female": ["Oksana", "Iryna", "Kateryna", "Halyna"],
        "male": ["Taras", "Bohdan", "Mykola", "Ostap"],
        "surname": ["Shevchuk", "Bondarenko", "Melnyk", "Kravets", "Savchenko"],
    },
    "UZ": {
        "female": ["Nilufar", "Dilnoza", "Gulbahor", "Malika"],
        "male": ["Bekzod", "Jasur", "Otabek", "Sherzod"],
        "surname": ["Yusupov", "Karimov", "Tursunov", "Saidov", "Ergashev"],
    },
}

POSTS = {
    "az": ["Baş məsləhətçi", "Şöbə müdiri", "Böyük mütəxəssis"],
    "en": ["Senior specialist", "Head of unit", "Legal adviser", "Analyst", "Inspector"],
    "ru": ["Главный специалист", "Начальник отдела", "Юрисконсульт"],
}
