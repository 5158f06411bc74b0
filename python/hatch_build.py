"""Takes the version from the parent pom, and the installation and the jar for Spark from Maven's build."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

ROOT = Path(__file__).resolve().parent.parent

INCLUDED = {
    "bamarrow-cli/src/dist/bin/bamarrow": "bin/bamarrow",
    "bamarrow-cli/src/dist/lib/launch.sh": "lib/launch.sh",
    "bamarrow-cli/target/bamarrow.jar": "lib/bamarrow.jar",
    "spark-datasource/target/bamarrow-spark.jar": "lib/bamarrow-spark.jar",
    "LICENSE": "LICENSE",
    "NOTICE": "NOTICE",
    "licenses": "licenses",
}


class Version(MetadataHookInterface):
    def update(self, metadata):
        space = {"m": "http://maven.apache.org/POM/4.0.0"}
        version = ElementTree.parse(ROOT / "pom.xml").getroot().findtext("m:properties/m:revision", namespaces=space)
        metadata["version"] = re.sub("-SNAPSHOT$", ".dev0", version)


class Installation(BuildHookInterface):
    def initialize(self, version, build_data):
        missing = [name for name in INCLUDED if not (ROOT / name).exists()]
        if missing:
            raise FileNotFoundError(f"{', '.join(missing)}: run mvn package first")
        for name, place in INCLUDED.items():
            build_data["force_include"][str(ROOT / name)] = f"bamarrow/installation/{place}"
