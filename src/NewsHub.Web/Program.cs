using NewsHub.Web.Setup;

// One program, several commands; without one it serves the paper. See Setup/Commands.cs.
return await Commands.RunAsync(args);

/// <summary>Named so that tests can start the program.</summary>
public partial class Program;
